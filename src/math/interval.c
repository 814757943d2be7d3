/*
 * The methods by name.
 */
#include "interval.h"

#include <stddef.h>
#include <string.h>

const NpsIntervalMethod nps_interval_methods[] = {
	{"score", nps_score_interval},
	{"adjusted_wald", nps_adjusted_wald_interval},
	{"bonett_price", nps_bonett_price_interval},
	{"agresti_min", nps_agresti_min_interval},
	{"newcombe", nps_newcombe_interval},
	{"wald", nps_wald_interval},
	{NULL, NULL}
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
