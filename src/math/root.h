#ifndef NPS_MATH_ROOT_H
#define NPS_MATH_ROOT_H

/* A function of one variable whose root is wanted; context holds the rest. */
typedef double (*NpsRootFunction) (double x, const void *context);

double		nps_bracketed_root(NpsRootFunction f, const void *context,
							   double a, double fa, double b, double fb);

#endif
