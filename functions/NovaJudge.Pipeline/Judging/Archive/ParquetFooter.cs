using System.Buffers.Binary;
using System.Collections.Frozen;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>
/// Walks a Parquet file's footer (Thrift, compact protocol) by the types of the format, before the library does: one wrong
/// byte there makes it read on past the end for ever.
/// Source: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
/// </summary>
internal ref struct ParquetFooter
{
    private const int DeepestNesting = 16;

    /// <summary>The structs of the format: the type of each field. A name in brackets is a list, one in the table a struct.</summary>
    private static readonly FrozenDictionary<string, string[]> Structs = new Dictionary<string, string[]>
    {
        ["FileMetaData"] = ["i32", "[SchemaElement]", "i64", "[RowGroup]", "[KeyValue]", "binary", "[Union]", "encrypted", "encrypted"],
        ["SchemaElement"] = ["i32", "i32", "i32", "binary", "i32", "i32", "i32", "i32", "i32", "LogicalType"],
        ["LogicalType"] =
        [
            "Empty", "Empty", "Empty", "Empty", "Decimal", "Empty", "Time", "Time", "Empty", "Integer",
            "Empty", "Empty", "Empty", "Empty", "Empty", "Variant", "Geometry", "Geometry",
        ],
        ["Empty"] = [],
        ["Decimal"] = ["i32", "i32"],
        ["Time"] = ["bool", "Union"],
        ["Integer"] = ["i8", "bool"],
        ["Variant"] = ["i8"],
        ["Geometry"] = ["binary", "i32"],
        ["Union"] = ["Empty", "Empty", "Empty"],
        ["RowGroup"] = ["[ColumnChunk]", "i64", "i64", "[SortingColumn]", "i64", "i64", "i16"],
        ["SortingColumn"] = ["i32", "bool", "bool"],
        ["ColumnChunk"] = ["binary", "i64", "ColumnMetaData", "i64", "i32", "i64", "i32", "encrypted", "encrypted"],
        ["ColumnMetaData"] =
        [
            "i32", "[i32]", "[binary]", "i32", "i64", "i64", "i64", "[KeyValue]", "i64", "i64",
            "i64", "Statistics", "[PageEncoding]", "i64", "i32", "SizeStatistics", "Geospatial",
        ],
        ["KeyValue"] = ["binary", "binary"],
        ["Statistics"] = ["binary", "binary", "i64", "i64", "binary", "binary", "bool", "bool"],
        ["PageEncoding"] = ["i32", "i32", "i32"],
        ["SizeStatistics"] = ["i64", "[i64]", "[i64]"],
        ["Geospatial"] = ["Box", "[i32]"],
        ["Box"] = ["double", "double", "double", "double", "double", "double", "double", "double"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;

    private ParquetFooter(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <exception cref="InvalidDataException">The footer is not one.</exception>
    public static void Check(ReadOnlySpan<byte> file)
    {
        var magic = "PAR1"u8;
        if (file.Length < 12 || !file.StartsWith(magic) || !file.EndsWith(magic))
        {
            throw new InvalidDataException("it does not begin and end as Parquet does");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(file[^8..]);
        if (length <= 0 || length > file.Length - 12)
        {
            throw new InvalidDataException("its footer is longer than the file");
        }

        var footer = new ParquetFooter(file.Slice(file.Length - 8 - length, length));
        footer.Struct("FileMetaData", DeepestNesting);
        if (footer._at < length)
        {
            throw new InvalidDataException("its footer ends before its announced length");
        }
    }

    private void Struct(string name, int depth)
    {
        var fields = Structs.GetValueOrDefault(name);
        if (depth == 0)
        {
            throw new InvalidDataException("its footer is nested too deep");
        }

        for (var id = 0; Byte() is var header && header != 0;)
        {
            var type = (Wire)(header & 0x0f);
            id = header >> 4 == 0 ? ZigZag(VarInt()) : id + (header >> 4);
            var expected = fields is not null && id >= 1 && id <= fields.Length ? fields[id - 1] : null;
            if (type is not (Wire.True or Wire.False))
            {
                Value(type, expected, depth);
            }
            else if (expected is not (null or "bool"))
            {
                throw Unexpected(name, id);
            }
        }
    }

    private void Value(Wire type, string? expected, int depth)
    {
        if (expected is not null && type != WireOf(expected))
        {
            throw Unexpected(expected, 0);
        }

        switch (type)
        {
            case Wire.I8: Skip(1); break;
            case Wire.I16 or Wire.I32 or Wire.I64: VarInt(); break;
            case Wire.Double: Skip(8); break;
            case Wire.Binary: Skip(VarInt()); break;
            case Wire.List or Wire.Set: List(expected?[1..^1], depth); break;
            case Wire.Struct: Struct(expected ?? "", depth - 1); break;
            default: throw Unexpected(type.ToString(), 0);
        }
    }

    private void List(string? expected, int depth)
    {
        var header = Byte();
        var type = (Wire)(header & 0x0f);
        var count = header >> 4 == 15 ? VarInt() : (ulong)(header >> 4);
        if (depth == 0 || count > (ulong)(_bytes.Length - _at))
        {
            throw new InvalidDataException("a list in its footer is longer than the footer");
        }

        for (ulong item = 0; item < count; item++)
        {
            if (type is Wire.True or Wire.False)
            {
                Skip(1);
            }
            else
            {
                Value(type, expected, depth - 1);
            }
        }
    }

    private static Wire WireOf(string type) => type switch
    {
        "i8" => Wire.I8,
        "i16" => Wire.I16,
        "i32" => Wire.I32,
        "i64" => Wire.I64,
        "double" => Wire.Double,
        "binary" => Wire.Binary,
        "bool" => Wire.True,
        "encrypted" => throw new InvalidDataException("it is encrypted"),
        ['[', ..] => Wire.List,
        _ => Wire.Struct,
    };

    private static InvalidDataException Unexpected(string what, int field) =>
        new($"its footer holds something else where {what}{(field > 0 ? $" field {field}" : "")} belongs");

    private static int ZigZag(ulong value) => (short)((value >> 1) ^ (~(value & 1) + 1));

    private byte Byte()
    {
        Skip(1);
        return _bytes[_at - 1];
    }

    private void Skip(ulong count)
    {
        if (count > (ulong)(_bytes.Length - _at))
        {
            throw new InvalidDataException("its footer is cut off");
        }

        _at += (int)count;
    }

    private ulong VarInt()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number in its footer has no end");
    }

    /// <summary>Types of the compact protocol.</summary>
    private enum Wire : byte
    {
        True = 1,
        False = 2,
        I8 = 3,
        I16 = 4,
        I32 = 5,
        I64 = 6,
        Double = 7,
        Binary = 8,
        List = 9,
        Set = 10,
        Map = 11,
        Struct = 12,
    }
}
