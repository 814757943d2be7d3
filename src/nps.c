/*
 * The module itself.
 */
#include "nps.h"

PG_MODULE_MAGIC;
