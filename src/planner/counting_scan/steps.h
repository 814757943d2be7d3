/*
 * Functions of a time that go up in steps, as date_trunc: what they gave for two
 * times they give for all between. So a few intervals answer for times of which
 * no two are the same.
 */
#ifndef NPS_COUNTING_SCAN_STEPS_H
#define NPS_COUNTING_SCAN_STEPS_H

#include "nps.h"

#include "datatype/timestamp.h"
#include "nodes/primnodes.h"

typedef struct NpsStep
{
	Timestamp	first;
	Timestamp	last;
	Datum		result;			/* by value */
} NpsStep;

typedef struct NpsSteps
{
	bool		zoned;			/* times with time zone, that of the session */
	NpsStep    *steps;			/* in order of time */
	int			length;
	uint16	   *hints;			/* which step answered last in that hour, or so */
	bool		worth_it;

	int64		lookups;
	int64		answers;
} NpsSteps;

extern const Var *nps_stepped_column(const Expr *expression);
extern NpsSteps *nps_make_steps(bool zoned);
extern void nps_forget_steps(NpsSteps *steps);
extern const NpsStep *nps_step_at(NpsSteps *steps, Timestamp time);
extern void nps_learn_step(NpsSteps *steps, Timestamp time, Datum result);

#endif
