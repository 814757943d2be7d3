/*
 * A period against its control limits: reference values of 34-digit arithmetic.
 */
#include "unit.h"
#include "control.h"
#include "random.h"

/* centre,promoters,passives,detractors,dispersion,nps,z,lower,upper,outside */
static void
reference_rows(void **state)
{
	Reference	reference = open_reference("control.csv");

	(void) state;
	while (next_row(&reference))
	{
		NpsGroups	centre = groups_from_text(reference.fields[0]);
		NpsGroups	period = {count(&reference, 1), count(&reference, 2), count(&reference, 3)};
		NpsSample	centre_sample = nps_sample_from_groups(&centre);
		NpsSample	sample = nps_sample_from_groups(&period);
		NpsControl	control = nps_control_of(&sample, &centre_sample, number(&reference, 4));

		check_figure(&reference, control.nps, number(&reference, 5), 1e-9);
		check_figure(&reference, control.z, number(&reference, 6), 1e-9);
		check_figure(&reference, control.lower, number(&reference, 7), 1e-9);
		check_figure(&reference, control.upper, number(&reference, 8), 1e-9);
		assert_true(control.outside == (reference.fields[9][0] == 't'));
	}
	close_reference(&reference, 78);
}

/* Where all are of one mind any other score is out of the ordinary, and z has no end. */
static void
centre_of_one_mind(void **state)
{
	NpsGroups	centre = {100, 0, 0};
	NpsGroups	same = {3, 0, 0};
	NpsGroups	other = {99, 1, 0};
	NpsSample	centre_sample = nps_sample_from_groups(&centre);
	NpsSample	same_sample = nps_sample_from_groups(&same);
	NpsSample	other_sample = nps_sample_from_groups(&other);
	NpsControl	control = nps_control_of(&same_sample, &centre_sample, 1);

	(void) state;
	assert_true(control.z == 0 && control.lower == 100 && control.upper == 100 && !control.outside);
	control = nps_control_of(&other_sample, &centre_sample, 1e308);
	assert_true(control.z == -INFINITY && control.lower == 100 && control.upper == 100 && control.outside);
}

#define PERIODS 24

/* Periods of 200 answers, whose true score wanders by that many points; and all of them together. */
static NpsSample
random_periods(double points, NpsSample *periods)
{
	NpsGroups	all = {0, 0, 0};
	int			i,
				j;

	for (i = 0; i < PERIODS; i++)
	{
		double		shift = points / 200 * random_normal();
		NpsGroups	period = {0, 0, 0};

		for (j = 0; j < 200; j++)
			count_answer(&period, random_answer_of(0.5 + shift, 0.3));
		periods[i] = nps_sample_from_groups(&period);
		all.promoters += period.promoters;
		all.passives += period.passives;
		all.detractors += period.detractors;
	}
	return nps_sample_from_groups(&all);
}

/* How much more than by chance neighbouring periods differ: the mean of their absolute differences in z over 2/sqrt(pi). */
static double
dispersion_of(const NpsSample *periods, const NpsSample *centre)
{
	double		sum = 0;
	int			i;

	for (i = 1; i < PERIODS; i++)
		sum += fabs(nps_control_of(&periods[i], centre, 1).z - nps_control_of(&periods[i - 1], centre, 1).z);
	return fmax(1, sum / (PERIODS - 1) / 1.128379167);
}

static int
any_outside(const NpsSample *periods, const NpsSample *centre, double dispersion)
{
	int			i;

	for (i = 0; i < PERIODS; i++)
	{
		if (nps_control_of(&periods[i], centre, dispersion).outside)
			return 1;
	}
	return 0;
}

/* How often one of 24 periods that are all in order is called out of it: as doc/statistics.md says. */
static void
check_false_alarms(double points, double by_chance, double dispersed)
{
	const int	charts = 2000;
	int			chance_alarms = 0;
	int			alarms = 0;
	int			i;

	for (i = 0; i < charts; i++)
	{
		NpsSample	periods[PERIODS];
		NpsSample	centre = random_periods(points, periods);

		chance_alarms += any_outside(periods, &centre, 1);
		alarms += any_outside(periods, &centre, dispersion_of(periods, &centre));
	}
	printf("# a score that wanders by %.0f points: a period outside by chance alone in %.3f, with its dispersion in %.3f\n",
		   points, chance_alarms / (double) charts, alarms / (double) charts);
	(void) by_chance;(void) dispersed; assert_close(chance_alarms / (double) charts, by_chance, 0.002);
	assert_close(alarms / (double) charts, dispersed, 0.002);
}

static void
false_alarms(void **state)
{
	(void) state;
	random_state = 20260405;
	check_false_alarms(0, 0.049, 0.021);
	check_false_alarms(5, 0.422, 0.047);
	check_false_alarms(10, 0.972, 0.059);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reference_rows),
		cmocka_unit_test(centre_of_one_mind),
		cmocka_unit_test(false_alarms),
	};

	return cmocka_run_group_tests_name("control limits", tests, NULL, NULL);
}
