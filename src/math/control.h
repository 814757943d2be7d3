#ifndef NPS_MATH_CONTROL_H
#define NPS_MATH_CONTROL_H

#include <stdbool.h>

#include "sample.h"

/* What a row of nps_control_result says, in points. */
typedef struct NpsControl
{
	double		nps;
	double		z;				/* infinite where it is */
	double		lower;
	double		upper;
	bool		outside;
} NpsControl;

NpsControl	nps_control_of(const NpsSample *period, const NpsSample *centre, double dispersion);

#endif
