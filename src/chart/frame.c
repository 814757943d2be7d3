/*
 * What every chart has around it: the SVG, its title, its description. It needs
 * nothing else: no script, font or file.
 */
#include "chart/frame.h"

#include "utils/builtins.h"
#include "utils/xml.h"

#include "chart/palette.h"
#include "chart/svg.h"

#define FONTS "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

#define FIRST_BASELINE 36
#define LINE_HEIGHT 28

static const SvgFont title_font = {"nps-title", 22, true, SVG_START, NPS_INK};

/* Draws the title, on two lines if it has to; its last baseline. */
double
nps_draw_title(StringInfo body, const NpsChart *chart, double width)
{
	double		room = width - 2 * NPS_CHART_MARGIN;
	int			first = svg_fitting_line(&title_font, chart->title, room);

	if (first == 0 || chart->title[first] == '\0')
	{
		svg_text(body, &title_font, NPS_CHART_MARGIN, FIRST_BASELINE, svg_shortened(&title_font, chart->title, room));
		return FIRST_BASELINE;
	}
	svg_text(body, &title_font, NPS_CHART_MARGIN, FIRST_BASELINE, escape_xml(pnstrdup(chart->title, first)));
	svg_text(body, &title_font, NPS_CHART_MARGIN, FIRST_BASELINE + LINE_HEIGHT,
			 svg_shortened(&title_font, chart->title + first + 1, room));
	return FIRST_BASELINE + LINE_HEIGHT;
}

/* Goes on with the FNV-1a hash of some words, the same on every platform. */
static uint32
hash_further(uint32 hash, const char *words)
{
	for (; *words != '\0'; words++)
		hash = (hash ^ (unsigned char) *words) * 16777619U;
	return hash;
}

/* A number that tells the charts of one page apart. */
static uint32
number_of(const char *title, const char *description, const char *body)
{
	return hash_further(hash_further(hash_further(2166136261U, title), description), body);
}

/* The chart, all of it, of its description and its body, which are escaped. */
text *
nps_framed(const NpsChart *chart, const StringInfoData *description, const StringInfoData *body, double width, double height)
{
	const char *title = escape_xml(chart->title);
	uint32		number = number_of(title, description->data, body->data);
	const char *wide = svg_px(width);
	const char *high = svg_px(height);
	StringInfoData svg;

	initStringInfo(&svg);
	appendStringInfo(&svg,
					 "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"nps-%08x\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\" "
					 "aria-labelledby=\"nps-%08x-title nps-%08x-desc\" font-family=\"" FONTS "\">\n"
					 "<title id=\"nps-%08x-title\">%s</title>\n<desc id=\"nps-%08x-desc\">",
					 number, wide, high, wide, high, number, number, number, title, number);
	appendBinaryStringInfo(&svg, description->data, description->len);
	appendStringInfo(&svg, "</desc>\n<style>#nps-%08x{max-width:100%%;height:auto}", number);
	nps_append_dark_scheme(&svg, number);
	appendStringInfoString(&svg, "</style>\n");
	svg_rect(&svg, "nps-paper", 0, 0, width, height, NPS_PAPER);
	appendBinaryStringInfo(&svg, body->data, body->len);
	appendStringInfoString(&svg, "</svg>");
	return cstring_to_text_with_len(svg.data, svg.len);
}
