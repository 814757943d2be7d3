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
	Timestamp	beyond;			/* is known to be on another; or DT_NOEND */
	Datum		result;			/* by value */
} NpsStep;

typedef struct NpsSteps
{
	FmgrInfo	function;
	Datum		unit;			/* date_trunc's; else the function has one argument */
	bool		has_unit;
	Oid			collation;
	bool		zoned;			/* times with time zone, that of the session */
	MemoryContext context;
	NpsStep    *steps;			/* in order of time; NULL until there is one */
	int			length;
	uint16	   *hints;			/* which step answered last in that hour, or so */
	bool		worth_it;

	int64		lookups;
	int64		answers;
} NpsSteps;

extern const Var *nps_stepped_column(const Expr *expression);
extern NpsSteps *nps_make_steps(const FuncExpr *call);
extern void nps_forget_steps(NpsSteps *steps);
extern const NpsStep *nps_step_at(NpsSteps *steps, Timestamp time);
extern void nps_learn_step(NpsSteps *steps, Timestamp time, Datum result);

#endif
