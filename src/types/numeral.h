#ifndef NPS_NUMERAL_H
#define NPS_NUMERAL_H

#include "mb/pg_wchar.h"

extern bool nps_is_numeral(pg_wchar character);

#endif
