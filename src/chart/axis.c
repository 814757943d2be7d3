/*
 * The axis of scores follows the data. 0 is always on it: where that would leave
 * more than half of it empty there is a break between 0 and the scores.
 */
#include "chart/axis.h"

#include <math.h>

/* Gridlines: the closest steps that make no more intervals than that. */
#define MOST_INTERVALS 5

/* The shortest axis, so that differences of a tenth of a point do not look like news. */
#define LEAST_INTERVALS 4

/* What the break takes of an axis, in px. */
#define BREAK 40

/* Every one divides 100, so that no end of an axis lies beyond it. */
static const int steps[] = {1, 2, 5, 10, 20, 25, 50};

/* The least and the most that is to be seen. */
typedef struct Extent
{
	double		low;
	double		high;
} Extent;

/* NaN, which says that there is none, changes nothing. */
static void
include(Extent *extent, double points)
{
	extent->low = fmin(extent->low, points);
	extent->high = fmax(extent->high, points);
}

/* Of the scores, their intervals and the line of reference; all where there is nothing. */
static Extent
extent_of(const NpsChart *chart, double reference)
{
	Extent		extent = {INFINITY, -INFINITY};
	int			i;

	include(&extent, reference);
	for (i = 0; i < chart->length; i++)
	{
		const NpsChartRow *row = &chart->rows[i];

		if (row->has_score)
			include(&extent, row->nps);
		if (row->has_interval)
		{
			include(&extent, row->ci_lower);
			include(&extent, row->ci_upper);
		}
	}
	if (extent.low > extent.high)
	{
		extent.low = -100;
		extent.high = 100;
	}
	return extent;
}

/* Takes 0 in, unless that would leave more than half of the axis empty. */
static void
include_zero(Extent *extent)
{
	double		length = extent->high - extent->low;

	if (extent->low <= length && extent->high >= -length)
		include(extent, 0);
}

/* Rounds outwards to multiples of the closest step that does not make too many intervals; the last one never does. */
static void
set_gridlines(NpsAxis *axis, const Extent *extent)
{
	const int  *step = steps;

	do
	{
		axis->step = *step++;
		axis->low = axis->step * (int) floor(extent->low / axis->step);
		axis->high = axis->step * (int) ceil(extent->high / axis->step);
	} while (axis->high - axis->low > MOST_INTERVALS * axis->step);
}

/* Makes the shortest axes longer, on both sides where there is room. */
static void
lengthen(NpsAxis *axis)
{
	bool		upwards;

	for (upwards = true; axis->high - axis->low < LEAST_INTERVALS; upwards = !upwards)
	{
		if (upwards && axis->high < 100)
			axis->high++;
		else if (!upwards && axis->low > -100)
			axis->low--;
	}
}

/* The axis of a chart with a line of reference, NaN for none; where its ends are is the caller's. */
NpsAxis
nps_axis(const NpsChart *chart, double reference)
{
	NpsAxis		axis = {0};
	Extent		extent = extent_of(chart, reference);

	include_zero(&extent);
	set_gridlines(&axis, &extent);
	lengthen(&axis);
	return axis;
}

/* Does 0 lie outside of what the axis shows? */
bool
nps_axis_is_broken(const NpsAxis *axis)
{
	return axis->low > 0 || axis->high < 0;
}

/* Where a score is, or 0, in px. */
double
nps_axis_at(const NpsAxis *axis, double points)
{
	double		direction = axis->to > axis->from ? 1 : -1;
	double		from = axis->low > 0 ? axis->from + direction * BREAK : axis->from;
	double		to = axis->high < 0 ? axis->to - direction * BREAK : axis->to;

	if (axis->low > 0 && points == 0)
		return axis->from;
	if (axis->high < 0 && points == 0)
		return axis->to;
	return from + (points - axis->low) / (axis->high - axis->low) * (to - from);
}
