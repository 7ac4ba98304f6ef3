using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>The values of one column in one row group, one per row: items of a list are joined by new lines, or the first is the number.</summary>
internal sealed class ColumnValues : IDisposable
{
    private readonly RawColumnData _data;

    /// <summary>First and last value of each row; first is after last in a row without one.</summary>
    private readonly (int First, int Last)[] _places;

    private ColumnValues(RawColumnData data, (int First, int Last)[] places) => (_data, _places) = (data, places);

    public static async Task<ColumnValues> ReadAsync(ParquetRowGroupReader group, DataField field, int rows, CancellationToken cancellationToken)
    {
        var data = await group.ReadRawColumnDataBaseAsync(field, cancellationToken);
        return new ColumnValues(data, Places(data, field, rows));
    }

    /// <summary>A row's value as text, or <c>null</c> where there is none.</summary>
    public ReadOnlyMemory<char>? Text(int row)
    {
        var (first, last) = _places[row];
        if (first > last)
        {
            return null;
        }

        return first == last ? TextAt(first) : JoinedText(first, last);
    }

    /// <summary>A row's value as a number, or <c>null</c> where there is none that is finite.</summary>
    public double? Number(int row)
    {
        var (first, last) = _places[row];
        double? number = first > last ? null : NumberAt(first);
        return number is { } value && double.IsFinite(value) ? value : null;
    }

    public void Dispose() => _data.Dispose();

    /// <summary>Finds the values of each row: absent ones are not stored, and a repetition level of 0 begins a row.</summary>
    private static (int First, int Last)[] Places(RawColumnData data, DataField field, int rows)
    {
        var places = new (int First, int Last)[rows];
        var definitions = field.MaxDefinitionLevel > 0 ? data.DefinitionLevels : [];
        var repetitions = field.MaxRepetitionLevel > 0 ? data.RepetitionLevels : [];
        var entries = Math.Max(definitions.Length, repetitions.Length);
        entries = field.MaxDefinitionLevel + field.MaxRepetitionLevel == 0 ? rows : entries;
        var (row, value) = (-1, 0);
        for (var entry = 0; entry < entries; entry++)
        {
            if (field.MaxRepetitionLevel == 0 || repetitions[entry] == 0)
            {
                places[++row] = (value, value - 1);
            }

            if (field.MaxDefinitionLevel == 0 || definitions[entry] == field.MaxDefinitionLevel)
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

    private ReadOnlyMemory<char>? TextAt(int place) => _data switch
    {
        RawColumnData<ReadOnlyMemory<char>> text => text.Values[place],
        RawColumnData<ReadOnlyMemory<byte>> bytes => Encoding.UTF8.GetString(bytes.Values[place].Span).AsMemory(),
        _ => NumberAt(place)?.ToString(CultureInfo.InvariantCulture).AsMemory(),
    };

    private double? NumberAt(int place) => _data switch
    {
        RawColumnData<double> numbers => numbers.Values[place],
        RawColumnData<float> numbers => numbers.Values[place],
        RawColumnData<long> numbers => numbers.Values[place],
        RawColumnData<int> numbers => numbers.Values[place],
        RawColumnData<short> numbers => numbers.Values[place],
        RawColumnData<sbyte> numbers => numbers.Values[place],
        RawColumnData<byte> numbers => numbers.Values[place],
        RawColumnData<ushort> numbers => numbers.Values[place],
        RawColumnData<uint> numbers => numbers.Values[place],
        RawColumnData<ulong> numbers => numbers.Values[place],
        RawColumnData<decimal> numbers => (double)numbers.Values[place],
        RawColumnData<bool> flags => flags.Values[place] ? 1 : 0,
        RawColumnData<ReadOnlyMemory<char>> text =>
            double.TryParse(text.Values[place].Span, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };
}
