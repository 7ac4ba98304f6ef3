using System.Globalization;
using System.Numerics;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>The values of one column in one row group, one per row: items of a list are joined by new lines, or the first is the number.</summary>
internal abstract class ColumnValues
{
    /// <summary>First and last value of each row; first is after last in a row without one.</summary>
    private (int First, int Last)[] _places = [];

    /// <summary>
    /// Reads a column. The type is chosen here, by name, since the library's own choice goes by reflection, which native
    /// code does not have. A column of a type that can be neither text nor number reads as one without values.
    /// </summary>
    public static Task<ColumnValues> ReadAsync(ParquetRowGroupReader group, DataField field, int rows, CancellationToken cancellationToken)
    {
        var type = field.ClrType;
        return type == typeof(ReadOnlyMemory<char>) || type == typeof(string) ? ReadAsync(new Texts())
            : type == typeof(ReadOnlyMemory<byte>) || type == typeof(byte[]) ? ReadAsync(new Bytes())
            : type == typeof(double) ? ReadAsync(new Numbers<double>())
            : type == typeof(float) ? ReadAsync(new Numbers<float>())
            : type == typeof(long) ? ReadAsync(new Numbers<long>())
            : type == typeof(int) ? ReadAsync(new Numbers<int>())
            : type == typeof(short) ? ReadAsync(new Numbers<short>())
            : type == typeof(sbyte) ? ReadAsync(new Numbers<sbyte>())
            : type == typeof(ulong) ? ReadAsync(new Numbers<ulong>())
            : type == typeof(uint) ? ReadAsync(new Numbers<uint>())
            : type == typeof(ushort) ? ReadAsync(new Numbers<ushort>())
            : type == typeof(byte) ? ReadAsync(new Numbers<byte>())
            : type == typeof(decimal) ? ReadAsync(new Numbers<decimal>())
            : type == typeof(bool) ? ReadAsync(new Flags())
            : Task.FromResult<ColumnValues>(new Flags { _places = Enumerable.Repeat((0, -1), rows).ToArray() });

        async Task<ColumnValues> ReadAsync<T>(Of<T> column)
            where T : struct
        {
            var entries = checked((int)(group.GetMetadata(field)?.MetaData?.NumValues ?? throw new InvalidDataException($"column {field.Path} has no metadata")));
            var definitions = field.MaxDefinitionLevel > 0 ? new int[entries] : null;
            var repetitions = field.MaxRepetitionLevel > 0 ? new int[entries] : null;
            column.Values = new T[entries];
            await group.ReadRawAsync(field, column.Values.AsMemory(), definitions?.AsMemory(), repetitions?.AsMemory(), cancellationToken);
            column._places = Places(definitions, repetitions, entries, field, rows);
            return column;
        }
    }

    /// <summary>A row's value as text, or <c>null</c> where there is none.</summary>
    public ReadOnlyMemory<char>? Text(int row)
    {
        var (first, last) = _places[row];
        return first > last ? null : first == last ? TextAt(first) : JoinedText(first, last);
    }

    /// <summary>A row's value as a number, or <c>null</c> where there is none that is finite.</summary>
    public double? Number(int row)
    {
        var (first, last) = _places[row];
        double? number = first > last ? null : NumberAt(first);
        return number is { } value && double.IsFinite(value) ? value : null;
    }

    protected abstract double? NumberAt(int place);

    protected virtual ReadOnlyMemory<char>? TextAt(int place) => NumberAt(place)?.ToString(CultureInfo.InvariantCulture).AsMemory();

    /// <summary>Finds the values of each row: absent ones are not stored, and a repetition level of 0 begins a row.</summary>
    private static (int First, int Last)[] Places(int[]? definitions, int[]? repetitions, int entries, DataField field, int rows)
    {
        var places = new (int First, int Last)[rows];
        var (row, value) = (-1, 0);
        for (var entry = 0; entry < entries; entry++)
        {
            if (repetitions is null || repetitions[entry] == 0)
            {
                places[++row] = (value, value - 1);
            }

            if (definitions is null || definitions[entry] == field.MaxDefinitionLevel)
            {
                places[row].Last = value++;
            }
        }

        return row == rows - 1
            ? places
            : throw new InvalidDataException($"column {field.Path} has values for {row + 1} rows where {rows} were announced");
    }

    private ReadOnlyMemory<char>? JoinedText(int first, int last)
    {
        var joined = new StringBuilder();
        for (var place = first; place <= last; place++)
        {
            joined.Append(place > first ? "\n" : "").Append(TextAt(place));
        }

        return joined.ToString().AsMemory();
    }

    private abstract class Of<T> : ColumnValues
        where T : struct
    {
        public T[] Values { get; set; } = [];
    }

    private sealed class Texts : Of<ReadOnlyMemory<char>>
    {
        protected override ReadOnlyMemory<char>? TextAt(int place) => Values[place];

        protected override double? NumberAt(int place) =>
            double.TryParse(Values[place].Span, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private sealed class Bytes : Of<ReadOnlyMemory<byte>>
    {
        protected override ReadOnlyMemory<char>? TextAt(int place) => Encoding.UTF8.GetString(Values[place].Span).AsMemory();

        protected override double? NumberAt(int place) => null;
    }

    private sealed class Numbers<T> : Of<T>
        where T : struct, INumberBase<T>
    {
        protected override double? NumberAt(int place) => double.CreateSaturating(Values[place]);
    }

    private sealed class Flags : Of<bool>
    {
        protected override double? NumberAt(int place) => Values[place] ? 1 : 0;
    }
}
