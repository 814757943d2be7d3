/*
 * The score that the others are seen against: a target, or that of all together.
 */
#include "chart/reference.h"

#include <math.h>

#include "common/int.h"

#include "chart/svg.h"
#include "math/estimate.h"
#include "results/arguments.h"

/* The target that was given, if one was. */
NpsReference
nps_target(const NpsChart *chart)
{
	NpsReference reference = {"target", NAN};

	if (chart->has_target)
		reference.points = chart->target;
	return reference;
}

static int64
sum_of(int64 a, int64 b)
{
	int64		sum;

	if (pg_add_s64_overflow(a, b, &sum))
		nps_refuse_overflow();
	return sum;
}

/* The target, or else the score of all summaries together; results do not say what they would be together. */
NpsReference
nps_target_or_total(const NpsChart *chart)
{
	NpsReference reference = nps_target(chart);
	NpsGroups	total = {0};
	int64		responses;
	int			i;

	if (chart->has_target || !chart->of_summaries)
		return reference;
	for (i = 0; i < chart->length; i++)
	{
		total.promoters = sum_of(total.promoters, chart->rows[i].groups.promoters);
		total.passives = sum_of(total.passives, chart->rows[i].groups.passives);
		total.detractors = sum_of(total.detractors, chart->rows[i].groups.detractors);
	}
	responses = sum_of(sum_of(total.promoters, total.passives), total.detractors);
	if (responses == 0)
		return reference;
	reference.name = "total";
	reference.points = nps_sample_from_groups(&total).nps;
	return reference;
}

void
nps_draw_reference(StringInfo svg, const NpsReference *reference, double x1, double y1, double x2, double y2)
{
	if (!isnan(reference->points))
		svg_dashed_line(svg, "nps-reference", x1, y1, x2, y2, NPS_TARGET, 2);
}

static void
draw_reference_mark(StringInfo svg, double x, double y)
{
	svg_dashed_line(svg, "nps-mark", x, y, x + NPS_LEGEND_MARK - 6, y, NPS_TARGET, 2);
}

void
nps_explain_reference(NpsLegend *legend, const NpsReference *reference)
{
	if (!isnan(reference->points))
		nps_add_to_legend(legend, draw_reference_mark,
						  psprintf("%s %s", reference->name, svg_figure(reference->points, 1)));
}
