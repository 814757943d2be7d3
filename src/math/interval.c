/*
 * The methods by name.
 */
#include "interval.h"

#include <stddef.h>
#include <string.h>

#include "anytime.h"
#include "newcombe_interval.h"
#include "score_interval.h"
#include "wald_interval.h"

const NpsIntervalMethod nps_interval_methods[] = {
	{"score", nps_score_interval, 0, 0, 0},
	/* Rocks, B. (2016), The American Statistician 70, 365-372. */
	{"adjusted_wald", nps_wald_interval, 0.75, 1.5, 0.75},
	/* Bonett, D. G. and Price, R. M. (2012), Journal of Educational and Behavioral Statistics 37, 479-488. */
	{"bonett_price", nps_wald_interval, 1, 0, 1},
	/* Agresti, A. and Min, Y. (2005), Statistics in Medicine 24, 729-740. */
	{"agresti_min", nps_wald_interval, 0.5, 1, 0.5},
	{"newcombe", nps_newcombe_interval, 0, 0, 0},
	{"wald", nps_wald_interval, 0, 0, 0},
	{"anytime", nps_anytime_interval, 0, 0, 0},
	{NULL, NULL, 0, 0, 0}
};

/* The method of that name, or NULL. */
const NpsIntervalMethod *
nps_interval_method(const char *name)
{
	const NpsIntervalMethod *method;

	for (method = nps_interval_methods; method->name != NULL; method++)
	{
		if (strcmp(method->name, name) == 0)
			return method;
	}
	return NULL;
}

/* The interval by that method. */
NpsInterval
nps_interval_by(const NpsIntervalMethod *method, const NpsSample *sample, double z)
{
	NpsSample	more;

	if (method->promoters + method->passives + method->detractors == 0)
		return method->interval(sample, z);
	more = nps_sample_plus(sample, method->promoters, method->passives, method->detractors);
	return method->interval(&more, z);
}
