#include "planner/counting_scan/columns.h"

#include "access/tupmacs.h"

#include "planner/counting_scan/compat.h"

/* The alignment of a type in bytes. */
static uint8
alignment_of(char alignment)
{
	switch (alignment)
	{
		case TYPALIGN_CHAR:
			return 1;
		case TYPALIGN_SHORT:
			return ALIGNOF_SHORT;
		case TYPALIGN_INT:
			return ALIGNOF_INT;
		default:
			return ALIGNOF_DOUBLE;
	}
}

/* No column yet, of rows of that form. */
NpsColumns *
nps_make_columns(TupleDesc descriptor)
{
	NpsColumns *columns = palloc0(sizeof(NpsColumns));

	columns->descriptor = descriptor;
	columns->attributes = palloc0(sizeof(NpsAttribute) * Max(descriptor->natts, 1));
	columns->columns = palloc0(sizeof(NpsColumn *) * Max(descriptor->natts, 1));
	columns->all_fixed = true;
	for (int i = 0; i < descriptor->natts; i++)
	{
		columns->attributes[i].length = TupleDescAttr(descriptor, i)->attlen;
		columns->attributes[i].alignment = alignment_of(TupleDescAttr(descriptor, i)->attalign);
	}
	return columns;
}

/* Where an attribute starts in each row that has no NULL; -1 behind one of variable length. */
static int
fixed_offset(const NpsColumns *columns, AttrNumber number)
{
	const NpsAttribute *attribute = columns->attributes;
	size_t		offset = 0;

	for (; attribute < &columns->attributes[number - 1]; attribute++)
	{
		if (attribute->length <= 0)
			return -1;
		offset = TYPEALIGN(attribute->alignment, offset) + attribute->length;
	}
	/* The first of variable length may stand before or after the padding. */
	if (attribute->length == -1 && TYPEALIGN(attribute->alignment, offset) != offset)
		return -1;
	return (int) TYPEALIGN(attribute->alignment, offset);
}

/* A column to be read of each row; the same for the same number. */
NpsColumn *
nps_add_column(NpsColumns *columns, AttrNumber number)
{
	NpsAttribute *attribute = &columns->attributes[number - 1];
	NpsColumn  *column = attribute->column;

	Assert(number > 0 && number <= columns->descriptor->natts);
	if (column != NULL)
		return column;
	column = palloc0(sizeof(NpsColumn));
	column->number = number;
	column->by_value = TupleDescAttr(columns->descriptor, number - 1)->attbyval;
	column->length = attribute->length;
	column->offset = fixed_offset(columns, number);
	attribute->column = column;
	columns->columns[columns->length++] = column;
	columns->last = Max(columns->last, number);
	columns->all_fixed = columns->all_fixed && column->offset >= 0;
	return column;
}

/* From attribute number i on the row is shorter than the table is now: each has its default, or is NULL. */
static void
read_missing(NpsColumns *columns, int i, int row)
{
	for (; i < columns->last; i++)
	{
		NpsColumn  *column = columns->attributes[i].column;

		if (column != NULL)
			column->values[row] = getmissingattr(columns->descriptor, i + 1, &column->nulls[row]);
	}
}

/* Steps from attribute to attribute. */
static void
read_row(NpsColumns *columns, HeapTupleHeader header, int row)
{
	char	   *data = (char *) header + header->t_hoff;
	uint8	   *bits = (header->t_infomask & HEAP_HASNULL) ? header->t_bits : NULL;
	int			stored = Min(HeapTupleHeaderGetNatts(header), columns->last);
	size_t		offset = 0;

	for (int i = 0; i < stored; i++)
	{
		const NpsAttribute *attribute = &columns->attributes[i];
		NpsColumn  *column = attribute->column;

		if (bits != NULL && att_isnull(i, bits))
		{
			if (column != NULL)
			{
				column->values[row] = (Datum) 0;
				column->nulls[row] = true;
			}
			continue;
		}
		/* A header of one byte is not aligned, and no padding looks like one. */
		if (attribute->length != -1 || data[offset] == 0)
			offset = TYPEALIGN(attribute->alignment, offset);
		if (column != NULL)
		{
			column->values[row] = fetch_att(data + offset, column->by_value, column->length);
			column->nulls[row] = false;
		}
		if (attribute->length > 0)
			offset += attribute->length;
		else if (attribute->length == -1)
			offset += VARSIZE_ANY(data + offset);
		else
			offset += strlen(data + offset) + 1;
	}
	read_missing(columns, stored, row);
}

/* Is each column of each row at its fixed place? */
static bool
all_at_their_places(const NpsColumns *columns, const HeapTupleHeader *rows, int length)
{
	if (!columns->all_fixed)
		return false;
	for (int row = 0; row < length; row++)
	{
		if ((rows[row]->t_infomask & HEAP_HASNULL) || HeapTupleHeaderGetNatts(rows[row]) < columns->last)
			return false;
	}
	return true;
}

/* The column of each row; length and by_value are constants, so that the loop has no choice left. */
static pg_attribute_always_inline void
read_fixed_as(NpsColumn *column, const HeapTupleHeader *rows, int length, bool by_value, int16 size)
{
	for (int row = 0; row < length; row++)
		column->values[row] = fetch_att((char *) rows[row] + rows[row]->t_hoff + column->offset, by_value, size);
	memset(column->nulls, 0, length * sizeof(bool));
}

/* A column that is at its place in each row. */
static void
read_fixed(NpsColumn *column, const HeapTupleHeader *rows, int length)
{
	if (!column->by_value)
		read_fixed_as(column, rows, length, false, -1);
	else if (column->length == 1)
		read_fixed_as(column, rows, length, true, 1);
	else if (column->length == sizeof(int16))
		read_fixed_as(column, rows, length, true, sizeof(int16));
	else if (column->length == sizeof(int32))
		read_fixed_as(column, rows, length, true, sizeof(int32));
	else
		read_fixed_as(column, rows, length, true, column->length);
}

/* Reads the columns of all rows. Values by reference stay in the page. */
void
nps_read_columns(NpsColumns *columns, const HeapTupleHeader *rows, int length)
{
	if (columns->length == 0)
		return;
	if (all_at_their_places(columns, rows, length))
	{
		for (int i = 0; i < columns->length; i++)
			read_fixed(columns->columns[i], rows, length);
		return;
	}
	for (int row = 0; row < length; row++)
		read_row(columns, rows[row], row);
}
