/*
 * A chart in words: what a screen reader reads, and a browser shows where the
 * pointer rests.
 */
#ifndef NPS_WORDS_H
#define NPS_WORDS_H

#include "chart/reference.h"
#include "chart/rows.h"

#include "lib/stringinfo.h"

extern char *nps_count_words(const NpsChartRow *row);
extern const char *nps_interval_words(const NpsChart *chart);
extern char **nps_words_of_rows(const NpsChart *chart);
extern StringInfo nps_description(const NpsChart *chart, const NpsReference *reference, char **words);

#endif
