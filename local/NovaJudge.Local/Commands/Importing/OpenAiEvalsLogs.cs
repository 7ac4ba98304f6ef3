using System.Text.Json;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Commands.Importing;

/// <summary>
/// Two logs of OpenAI's <c>oaieval</c> (JSON Lines: a <c>spec</c>, then events with <c>sample_id</c>, <c>type</c> and <c>data</c>), one for
/// each model. The first <c>sampling</c> of a sample is the answer; later ones are further turns or a grader's. A <c>match</c> brings
/// the expected answers.
/// </summary>
internal static class OpenAiEvalsLogs
{
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: a file is no such log.</exception>
    public static async Task<ImportedPairs> ReadAsync(string pathA, string pathB, CancellationToken cancellationToken)
    {
        var (a, b) = (await ReadAsync(pathA, cancellationToken), await ReadAsync(pathB, cancellationToken));
        var pairs = new List<ImportedPair>();
        int other = 0, withoutA = 0, withoutB = 0;
        foreach (var (id, sample) in a.Samples)
        {
            if (!b.Samples.TryGetValue(id, out var twin))
            {
                withoutB++;
            }
            else if (twin.Prompt != sample.Prompt)
            {
                other++;
            }
            else if (sample.Answer is null || twin.Answer is null)
            {
                withoutA += sample.Answer is null ? 1 : 0;
                withoutB += sample.Answer is not null ? 1 : 0;
            }
            else
            {
                pairs.Add(new ImportedPair(id, sample.Prompt, sample.Answer, twin.Answer, a.Expected.GetValueOrDefault(id) ?? b.Expected.GetValueOrDefault(id)));
            }
        }

        withoutA += b.Samples.Keys.Count(id => !a.Samples.ContainsKey(id));
        var (nameA, nameB) = a.Name == b.Name ? ($"{a.Name} (1)", $"{b.Name} (2)") : (a.Name, b.Name);
        return new ImportedPairs(nameA, nameB, pairs.ToAsyncEnumerable(), () =>
        [
            .. withoutA > 0 ? new[] { $"{withoutA} without an answer of {nameA}" } : [],
            .. withoutB > 0 ? new[] { $"{withoutB} without an answer of {nameB}" } : [],
            .. other > 0 ? new[] { $"{other} for which the two were asked differently" } : [],
        ]);
    }

    private static async Task<Log> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var log = new Log { Name = ImportedText.Name(Path.GetFileNameWithoutExtension(path)) };
        var events = 0;
        await foreach (var line in JsonValues.ReadAsync(path, cancellationToken))
        {
            if (line.Field("spec") is { } spec)
            {
                log.Name = Model(spec) is { } model ? ImportedText.Name(model) : log.Name;
            }
            else if (line.Text("sample_id") is { } id && line.Text("type") is { } type && line.Field("data") is { } data)
            {
                events++;
                if (type == "sampling" && data.Field("prompt") is { } prompt)
                {
                    log.Samples.TryAdd(id, new Sample(ImportedText.Prompt(prompt), ImportedText.Answer(data.Field("sampled"))));
                }
                else if (type == "match" && Expected(data.Field("expected")) is { } expected)
                {
                    log.Expected.TryAdd(id, expected);
                }
            }
        }

        return log.Samples.Count > 0 ? log
            : throw PipelineException.BadInput(events > 0
                ? $"{path}: none of its {events} events is a \"sampling\", so it holds no answers. Evals that score without sampling cannot be compared."
                : $"{path}: it is no log of oaieval; lines with \"sample_id\", \"type\" and \"data\" are expected, as oaieval --record_path writes them.");
    }

    private static string? Model(JsonElement spec) =>
        spec.Field("completion_fns") is { ValueKind: JsonValueKind.Array } functions && functions.GetArrayLength() > 0 && functions[0].ValueKind == JsonValueKind.String
            ? functions[0].GetString()
            : spec.Text("model_name");

    private static IReadOnlyList<string>? Expected(JsonElement? expected) => expected switch
    {
        { ValueKind: JsonValueKind.String } one => string.IsNullOrWhiteSpace(one.GetString()) ? null : [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several =>
            several.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).Where(text => !string.IsNullOrWhiteSpace(text)).Distinct().ToArray() is { Length: > 0 } texts ? texts : null,
        _ => null,
    };

    private sealed record Sample(string Prompt, string? Answer);

    private sealed class Log
    {
        public required string Name { get; set; }

        public Dictionary<string, Sample> Samples { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, IReadOnlyList<string>> Expected { get; } = new(StringComparer.Ordinal);
    }
}
