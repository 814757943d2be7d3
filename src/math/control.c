/*
 * Is a period out of the ordinary? Three standard deviations either way of the
 * centre, as on Shewhart's charts; where periods wander by more than chance, the
 * deviations are wider by the dispersion: Laney, D. B. (2002), Improved control
 * charts for attributes, Quality Engineering 14, 531-537.
 */
#include "control.h"

#include <math.h>

#define DEVIATIONS 3

/* The score of a period, of as many responses as it has, against the centre. */
NpsControl
nps_control_of(const NpsSample *period, const NpsSample *centre, double dispersion)
{
	double		deviation = sqrt(nps_sample_variance(centre) / period->n);
	double		difference = period->theta - centre->theta;
	double		margin = DEVIATIONS * deviation * dispersion;
	NpsControl	control;

	control.nps = period->nps;
	control.z = difference == 0 ? 0 : difference / deviation;
	control.lower = fmax(-100, centre->nps - 100 * margin);
	control.upper = fmin(100, centre->nps + 100 * margin);
	control.outside = fabs(difference) > margin;
	return control;
}
