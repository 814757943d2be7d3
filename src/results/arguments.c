/*
 * Arguments of several functions.
 */
#include "results/arguments.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"

/* Raises 22023 unless the confidence lies between 0 and 1. */
double
nps_confidence_argument(double confidence)
{
	if (!(confidence > 0 && confidence < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence must lie between 0 and 1, not %g", confidence),
				 errhint("Give 0.95 for 95 %%.")));
	return confidence;
}

/* Raises 22023 for a method of another name; the hint lists those that there are. */
static void
refuse_method(const char *name, const char *accepted)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown method \"%s\"", name),
			 errhint("Accepted methods: %s.", accepted)));
}

/* Raises 22023 for a method that responses of that kind do not have. */
static void
refuse_method_for(const char *name, const char *responses, const char *accepted)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("method \"%s\" is not for %s", name, responses),
			 errhint("Accepted methods: %s.", accepted)));
}

static void
append_name(StringInfo names, const char *name)
{
	appendStringInfo(names, "%s\"%s\"", names->len > 0 ? ", " : "", name);
}

/* The method of an interval by its name. */
const NpsIntervalMethod *
nps_interval_method_argument(text *argument)
{
	char	   *name = text_to_cstring(argument);
	const NpsIntervalMethod *method = nps_interval_method(name);
	StringInfoData names;

	if (method != NULL)
		return method;
	initStringInfo(&names);
	for (method = nps_interval_methods; method->name != NULL; method++)
		append_name(&names, method->name);
	refuse_method(name, names.data);
	return NULL;
}

/* The names of the methods of a test of two surveys; of two weighted ones, of those that are for such. */
static char *
difference_method_names(bool weighted)
{
	const NpsDifferenceMethod *method;
	StringInfoData names;

	initStringInfo(&names);
	for (method = nps_difference_methods; method->name != NULL; method++)
	{
		if (method->weighted || !weighted)
			append_name(&names, method->name);
	}
	return names.data;
}

/* The method of a test of two surveys by its name. */
const NpsDifferenceMethod *
nps_difference_method_argument(text *argument)
{
	char	   *name = text_to_cstring(argument);
	const NpsDifferenceMethod *method = nps_difference_method(name);

	if (method == NULL)
		refuse_method(name, difference_method_names(false));
	return method;
}

/* The same of two weighted surveys. */
const NpsDifferenceMethod *
nps_weighted_difference_method_argument(text *argument)
{
	char	   *name = text_to_cstring(argument);
	const NpsDifferenceMethod *method = nps_difference_method(name);

	if (method == NULL)
		refuse_method(name, difference_method_names(true));
	if (!method->weighted)
		refuse_method_for(name, "weighted responses", difference_method_names(true));
	return method;
}

/* The method of a test against a benchmark by its name. */
const NpsBenchmarkMethod *
nps_benchmark_method_argument(text *argument)
{
	char	   *name = text_to_cstring(argument);
	const NpsBenchmarkMethod *method = nps_benchmark_method(name);
	StringInfoData names;

	if (method != NULL)
		return method;
	initStringInfo(&names);
	for (method = nps_benchmark_methods; method->name != NULL; method++)
		append_name(&names, method->name);
	refuse_method(name, names.data);
	return NULL;
}

/* Raises 22023 unless the method is the score method, where responses of that kind have no other. */
void
nps_check_score_method(text *argument, const char *responses)
{
	char	   *name = text_to_cstring(argument);

	if (strcmp(name, nps_interval_methods[0].name) != 0)
		refuse_method_for(name, responses, psprintf("\"%s\"", nps_interval_methods[0].name));
}

/* Raises 22023 for a population of fewer people than answered. */
void
nps_check_population(int64 population, const NpsGroups *groups)
{
	int64		responses = nps_groups_total(groups);

	if (population < responses)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a population of " INT64_FORMAT " cannot have given " INT64_FORMAT " responses",
						population, responses),
				 errhint("Give the number of all who could have answered, or NULL where it is large or not known.")));
}

/* Is one of the first arguments NULL, of a function in which a later one may be? */
bool
nps_any_null(FunctionCallInfo fcinfo, int arguments)
{
	int			i;

	for (i = 0; i < arguments; i++)
	{
		if (PG_ARGISNULL(i))
			return true;
	}
	return false;
}

/* Raises 22023 unless there are scores for each of the three groups. */
void
nps_check_cut_offs(int32 detractor_max, int32 promoter_min)
{
	if (0 <= detractor_max && detractor_max < promoter_min && promoter_min <= NPS_SCORE_MAX)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cut-offs %d and %d are out of order", detractor_max, promoter_min),
			 errhint("0 <= detractor_max < promoter_min <= %d is accepted.", NPS_SCORE_MAX)));
}

/* A score of that name in points; 22023 outside -100..100. */
static double
points_argument(const char *name, double points)
{
	if (!(points >= -100 && points <= 100))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must lie between -100 and 100, not %g", name, points),
				 errhint("Give the %s in points, as nps() does.", name)));
	return points;
}

double
nps_benchmark_argument(double benchmark)
{
	return points_argument("benchmark", benchmark);
}

double
nps_target_argument(double target)
{
	return points_argument("target", target);
}
