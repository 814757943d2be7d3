/*
 * Arguments of several functions; one that makes no sense is 22023, and the hint
 * says what is accepted.
 */
#ifndef NPS_ARGUMENTS_H
#define NPS_ARGUMENTS_H

#include "nps.h"

#include "math/benchmark.h"
#include "math/difference.h"
#include "math/interval.h"

/* The confidence of intervals where none is asked for. */
#define NPS_DEFAULT_CONFIDENCE 0.95

extern double nps_confidence_argument(double confidence);
extern double nps_benchmark_argument(double benchmark);
extern double nps_target_argument(double target);
extern void nps_check_cut_offs(int32 detractor_max, int32 promoter_min);
extern const NpsIntervalMethod *nps_interval_method_argument(text *argument);
extern const NpsDifferenceMethod *nps_difference_method_argument(text *argument);
extern const NpsDifferenceMethod *nps_weighted_difference_method_argument(text *argument);
extern const NpsBenchmarkMethod *nps_benchmark_method_argument(text *argument);
extern void nps_check_score_method(text *argument, const char *responses);
extern void nps_check_population(int64 population, const NpsGroups *groups);
extern bool nps_any_null(FunctionCallInfo fcinfo, int arguments);

#endif
