/*
 * The shared vocabulary: types, limits, argument macros.
 *
 * The way of a value: text -> NpsScore -> transition into NpsSummary ->
 * src/math -> a row of nps_result. Nothing flows back.
 */
#ifndef NPS_H
#define NPS_H

#include "postgres.h"

#include "common/int.h"
#include "fmgr.h"
#include "utils/numeric.h"

#include "compat.h"
#include "math/sample.h"

/* A response: a whole number from 0 to 10. */
typedef uint8 NpsScore;

#define NPS_SCORE_MAX 10
#define NPS_SCORES (NPS_SCORE_MAX + 1)

/* The cut-offs of the Net Promoter Score; nps_estimate can read others. */
#define NPS_DETRACTOR_MAX 6
#define NPS_PROMOTER_MIN 9

/* The confidence of intervals where none is asked for. */
#define NPS_DEFAULT_CONFIDENCE 0.95

typedef enum NpsCategory
{
	NPS_DETRACTOR,
	NPS_PASSIVE,
	NPS_PROMOTER
} NpsCategory;

#define NPS_CATEGORIES 3

/*
 * The counts of a set of responses by score, on disk as in memory. None is
 * negative, and their total fits int64.
 */
typedef struct NpsSummary
{
	int64		counts[NPS_SCORES];
} NpsSummary;

/*
 * What a set of weighted responses amounts to, by category: counts, sums of the
 * weights and of their squares. None is negative, the sums are 0 exactly where
 * the count is, and the totals fit their types.
 */
typedef struct NpsWeightedSummary
{
	int64		counts[NPS_CATEGORIES];
	float8		weights[NPS_CATEGORIES];
	float8		squares[NPS_CATEGORIES];
} NpsWeightedSummary;

#define DatumGetNpsScore(X) DatumGetUInt8(X)
#define NpsScoreGetDatum(X) UInt8GetDatum(X)
#define PG_GETARG_NPS_SCORE(n) DatumGetNpsScore(PG_GETARG_DATUM(n))
#define PG_RETURN_NPS_SCORE(x) return NpsScoreGetDatum(x)

#define PG_GETARG_NPS_SUMMARY(n) nps_checked_summary(DatumGetPointer(PG_GETARG_DATUM(n)))
#define PG_RETURN_NPS_SUMMARY(x) PG_RETURN_POINTER(nps_checked_summary(x))

#define PG_GETARG_NPS_WEIGHTED_SUMMARY(n) nps_checked_weighted_summary(DatumGetPointer(PG_GETARG_DATUM(n)))
#define PG_RETURN_NPS_WEIGHTED_SUMMARY(x) PG_RETURN_POINTER(nps_checked_weighted_summary(x))

/* score.c */
extern void nps_refuse_int64(int64 value);
extern NpsScore nps_score_from_float8(float8 value);
extern NpsScore nps_score_from_numeric(Numeric value);

/* summary.c */
extern bool nps_summary_is_valid(const NpsSummary *summary);
extern void nps_check_summary(const NpsSummary *summary);
extern NpsSummary *nps_copy_summary(const NpsSummary *summary);
extern void nps_refuse_overflow(void);
extern int64 nps_summary_total(const NpsSummary *summary);
extern NpsGroups nps_summary_groups(const NpsSummary *summary,
									int detractor_max, int promoter_min);

/* weighted.c */
extern bool nps_weighted_summary_is_valid(const NpsWeightedSummary *summary);
extern NpsGroups nps_weighted_summary_groups(const NpsWeightedSummary *summary, NpsWeightedGroups *weights);

/* result.c */
extern double nps_confidence_argument(double confidence);
extern char *nps_figure_text(double figure, int32 digits);

/*
 * A state where it enters or leaves a function: in a build with assertions its
 * figures are checked, each time. Otherwise the input functions and the casts,
 * which let nothing else in, are trusted.
 */
static inline NpsSummary *
nps_checked_summary(void *pointer)
{
	NpsSummary *summary = pointer;

	Assert(nps_summary_is_valid(summary));
	return summary;
}

static inline NpsWeightedSummary *
nps_checked_weighted_summary(void *pointer)
{
	NpsWeightedSummary *summary = pointer;

	Assert(nps_weighted_summary_is_valid(summary));
	return summary;
}

/* A score from a column of any integer type; a value outside 0..10 is an error. */
static inline NpsScore
nps_score_from_int64(int64 value)
{
	if (unlikely(value < 0 || value > NPS_SCORE_MAX))
		nps_refuse_int64(value);
	return (NpsScore) value;
}

/*
 * The first argument, to be changed: an aggregate's own state itself, and a
 * copy of any other value, which may be stored.
 */
static inline NpsSummary *
nps_writable_summary(FunctionCallInfo fcinfo)
{
	NpsSummary *summary = PG_GETARG_NPS_SUMMARY(0);

	return likely(AggCheckCallContext(fcinfo, NULL)) ? summary : nps_copy_summary(summary);
}

static inline NpsCategory
nps_category_of(NpsScore score)
{
	if (score <= NPS_DETRACTOR_MAX)
		return NPS_DETRACTOR;
	return score < NPS_PROMOTER_MIN ? NPS_PASSIVE : NPS_PROMOTER;
}

#endif
