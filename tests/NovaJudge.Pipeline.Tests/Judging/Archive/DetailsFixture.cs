using Parquet;
using Parquet.Schema;

namespace NovaJudge.Pipeline.Tests.Judging.Archive;

/// <summary>Writes details files in whatever shape a container may choose.</summary>
internal static class DetailsFixture
{
    /// <summary>Columns of text.</summary>
    public static Task<byte[]> TextAsync(params (string Name, IReadOnlyList<string?> Values)[] columns) =>
        TextAsync(CompressionMethod.Snappy, columns);

    public static Task<byte[]> TextAsync(CompressionMethod compression, params (string Name, IReadOnlyList<string?> Values)[] columns)
    {
        var schema = new ParquetSchema(columns.Select(column => new DataField<string>(column.Name)));
        return WriteAsync(schema, compression, async (group, fields) =>
        {
            foreach (var (field, column) in fields.Zip(columns))
            {
                await group.WriteAsync(field, column.Values.ToList());
            }
        });
    }

    public static async Task<byte[]> WriteAsync(
        ParquetSchema schema, CompressionMethod compression, Func<ParquetRowGroupWriter, DataField[], Task> write)
    {
        using var output = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(schema, output, new ParquetOptions { CompressionMethod = compression }, false))
        {
            using var group = writer.CreateRowGroup();
            await write(group, schema.DataFields);
        }

        return output.ToArray();
    }

    /// <summary>The dict that Python prints for a row.</summary>
    public static string Dict(string forward, string backward, int a, int b, int ties = 0, int errors = 0) =>
        $"{{'forward_output': '{forward}', 'backward_output': '{backward}', 'a_scores': {a}.0, 'b_scores': {b}.0, 'ties': {ties}.0, 'inference_error': {errors}.0, 'score': {b}.0}}";

    /// <summary>Results with these counts.</summary>
    public static byte[] Counts(double a, double b, double ties = 0, double errors = 0) =>
        ArchiveFixture.Bytes($$"""{"results":{"all":{"a_scores":{{a}},"b_scores":{{b}},"ties":{{ties}},"inference_error":{{errors}} } } }""");

    /// <summary>An archive of the container with one details file.</summary>
    public static byte[] Packed(byte[] results, byte[] details) =>
        ArchiveFixture.Pack((ArchiveFixture.ResultsPath, results), (ArchiveFixture.DetailsPath, details));
}
