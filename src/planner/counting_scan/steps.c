/*
 * In a time zone the steps go up only while the clock's distance from UTC stays the
 * same: where it is set back over midnight, a day comes twice. So no interval
 * reaches from one side of such a moment to the other.
 */
#include "planner/counting_scan/steps.h"

#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "pgtime.h"
#include "utils/timestamp.h"

/* From pg_proc.dat; the names in fmgroids.h differ between majors. */
#define DATE_TRUNC_TIMESTAMP 2020
#define DATE_TRUNC_TIMESTAMPTZ 1217
#define DATE_OF_TIMESTAMP 2029
#define DATE_OF_TIMESTAMPTZ 1178

#define MOST_STEPS 4096

/* Hints are by pieces of time of 2^32 microseconds, a little more than an hour. */
#define HINTS 32768
#define HINT_OF(time) (((uint64) (time) >> 32) % HINTS)

/* Within ten thousand years or so no function fails for a time that only it is tried with. */
#define FIRST_TRIED (-INT64CONST(63000000000) * USECS_PER_SEC)
#define LAST_TRIED (INT64CONST(250000000000) * USECS_PER_SEC)

/* After so many lookups the steps have to answer one of eight. */
#define TRIAL 4096

/* The column of times that the expression is a step function of, or NULL. */
const Var *
nps_stepped_column(const Expr *expression)
{
	const FuncExpr *call = (const FuncExpr *) expression;
	Node	   *time;

	if (!IsA(expression, FuncExpr))
		return NULL;
	switch (call->funcid)
	{
		case DATE_TRUNC_TIMESTAMP:
		case DATE_TRUNC_TIMESTAMPTZ:
			if (!IsA(linitial(call->args), Const) || linitial_node(Const, call->args)->constisnull)
				return NULL;
			break;
		case DATE_OF_TIMESTAMP:
		case DATE_OF_TIMESTAMPTZ:
			break;
		default:
			return NULL;
	}
	time = llast(call->args);
	while (IsA(time, RelabelType))
		time = (Node *) ((RelabelType *) time)->arg;
	return IsA(time, Var) ? (Var *) time : NULL;
}

/* None is known yet of that function, one of which nps_stepped_column knows the column. */
NpsSteps *
nps_make_steps(const FuncExpr *call)
{
	NpsSteps   *steps = palloc0(sizeof(NpsSteps));

	fmgr_info(call->funcid, &steps->function);
	steps->collation = call->inputcollid;
	steps->has_unit = list_length(call->args) == 2;
	if (steps->has_unit)
		steps->unit = linitial_node(Const, call->args)->constvalue;
	steps->zoned = exprType(llast(call->args)) == TIMESTAMPTZOID;
	steps->context = CurrentMemoryContext;
	steps->worth_it = true;
	return steps;
}

/* For another scan, in which the time zone may differ. */
void
nps_forget_steps(NpsSteps *steps)
{
	steps->length = 0;
	steps->worth_it = true;
}

/* How many steps begin at or before that time. */
static int
steps_begun(const NpsSteps *steps, Timestamp time)
{
	int			low = 0;
	int			high = steps->length;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (steps->steps[middle].first <= time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
is_on(const NpsStep *step, Timestamp time)
{
	return step->first <= time && time <= step->last;
}

/* The step that this time is known to be on, or NULL. */
const NpsStep *
nps_step_at(NpsSteps *steps, Timestamp time)
{
	uint16	   *hint;
	int			begun;

	steps->lookups++;
	if (!steps->worth_it || steps->length == 0)
		return NULL;
	if (steps->lookups % TRIAL == 0 && steps->answers < steps->lookups / 8)
		steps->worth_it = false;
	hint = &steps->hints[HINT_OF(time)];
	if (*hint >= steps->length || !is_on(&steps->steps[*hint], time))
	{
		begun = steps_begun(steps, time);
		if (begun == 0 || steps->steps[begun - 1].last < time)
			return NULL;
		*hint = begun - 1;
	}
	steps->answers++;
	return &steps->steps[*hint];
}

/* The second that a time is in, since 1970. */
static pg_time_t
second_of(Timestamp time)
{
	int64		second = time / USECS_PER_SEC - (time % USECS_PER_SEC < 0);

	return second + (int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY;
}

/* Do all times between these two have the same distance from UTC? */
static bool
clock_runs_evenly(const NpsSteps *steps, Timestamp earlier, Timestamp later)
{
	pg_time_t	from = second_of(earlier);
	pg_time_t	boundary;
	long		before_gmtoff;
	long		after_gmtoff;
	int			before_isdst;
	int			after_isdst;

	if (!steps->zoned)
		return true;
	switch (pg_next_dst_boundary(&from, &before_gmtoff, &before_isdst, &boundary,
								 &after_gmtoff, &after_isdst, session_timezone))
	{
		case 0:
			return true;
		case 1:
			return boundary > second_of(later);
		default:
			return false;
	}
}

/* What the function gives for a time that need not be that of a row. */
static Datum
result_at(NpsSteps *steps, Timestamp time)
{
	if (steps->has_unit)
		return FunctionCall2Coll(&steps->function, steps->collation, steps->unit, TimestampGetDatum(time));
	return FunctionCall1Coll(&steps->function, steps->collation, TimestampGetDatum(time));
}

/*
 * The step ends later than it did, as times come in order. Tries how much later: as
 * far again as it is long, or half the way to where it is known to have ended. So in
 * a few turns its end is found, wherever it is.
 */
static void
try_further(NpsSteps *steps, NpsStep *step, const NpsStep *after)
{
	Timestamp	time = step->last + (step->last - step->first);

	if (step->beyond != DT_NOEND)
		time = step->last + (step->beyond - step->last) / 2;
	if (step->first < FIRST_TRIED || time > LAST_TRIED || time <= step->last ||
		(after != NULL && time >= after->first) || !clock_runs_evenly(steps, step->first, time))
		return;
	if (result_at(steps, time) == step->result)
		step->last = time;
	else
		step->beyond = time;
}

/* A new step, at its place among the others. */
static void
add_step(NpsSteps *steps, int place, Timestamp time, Datum result)
{
	if (steps->steps == NULL)
	{
		steps->steps = MemoryContextAlloc(steps->context, MOST_STEPS * sizeof(NpsStep));
		steps->hints = MemoryContextAllocZero(steps->context, HINTS * sizeof(uint16));
	}
	if (steps->length == MOST_STEPS)
	{
		/* Times in order have done with the old steps; others would come back to them. */
		steps->worth_it = place == MOST_STEPS;
		steps->length = place = 0;
	}
	memmove(&steps->steps[place + 1], &steps->steps[place], (steps->length - place) * sizeof(NpsStep));
	steps->steps[place] = (NpsStep) {time, time, DT_NOEND, result};
	steps->length++;
}

/* Learns what the function gave for a time that was on no step. */
void
nps_learn_step(NpsSteps *steps, Timestamp time, Datum result)
{
	int			place = steps_begun(steps, time);
	NpsStep    *before = place > 0 ? &steps->steps[place - 1] : NULL;
	NpsStep    *after = place < steps->length ? &steps->steps[place] : NULL;

	if (!steps->worth_it || TIMESTAMP_NOT_FINITE(time))
		return;
	if (before != NULL && before->result == result && clock_runs_evenly(steps, before->first, time))
	{
		before->last = time;
		try_further(steps, before, after);
	}
	else if (after != NULL && after->result == result && clock_runs_evenly(steps, time, after->last))
		after->first = time;
	else
		add_step(steps, place, time, result);
}
