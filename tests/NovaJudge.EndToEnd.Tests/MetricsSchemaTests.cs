using System.Text.Json.Nodes;

namespace NovaJudge.EndToEnd.Tests;

public sealed class MetricsSchemaTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("embedded:keyword-match")]
    [InlineData("embedded:faulty?fail=15&empty=4")]
    public async Task What_a_run_writes_is_what_the_schema_describes(string modelB)
    {
        var schema = await NJsonSchema.JsonSchema.FromFileAsync(
            Path.Combine(Repository.Root, "functions/NovaJudge.Pipeline/Metrics/metrics.schema.json"), TestContext.Current.CancellationToken);
        await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store, "--run-id", "m", "--model-b", modelB);
        var text = await File.ReadAllTextAsync(_workspace.Run("m", "metrics.json"), TestContext.Current.CancellationToken);

        schema.Validate(text).Select(error => error.ToString()).ShouldBeEmpty();
        Undescribed(JsonNode.Parse(text)!, Schema(), "$").ShouldBeEmpty();
    }

    private static JsonNode Schema() => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "functions/NovaJudge.Pipeline/Metrics/metrics.schema.json")))!;

    /// <summary>Fields of the document that the schema says nothing of.</summary>
    private static IEnumerable<string> Undescribed(JsonNode value, JsonNode schema, string path)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            schema = Schema()["definitions"]![reference.Split('/')[^1]]!;
        }

        return value switch
        {
            JsonObject fields when schema["properties"] is JsonObject known => fields.SelectMany(field =>
                known[field.Key] is { } described ? Undescribed(field.Value!, described, $"{path}.{field.Key}") : [$"{path}.{field.Key}"]),
            JsonArray items => items.SelectMany(item => Undescribed(item!, schema["items"]!, $"{path}[]")),
            _ => [],
        };
    }
}
