using System.Text.Json;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests.Killing;

/// <summary>What is asked for, one name for each call of a run: <c>a 17</c>, <c>b 17</c>, <c>judge 17 aFirst</c>.</summary>
internal static class KeptAnswers
{
    /// <summary>The calls whose answers a run has kept, in its journal or in finished batches.</summary>
    public static async Task<HashSet<string>> ReadAsync(string store, RunId runId, int batches)
    {
        var keys = new RunKeys(runId);
        var files = new FileObjectStore(store);
        using var journal = new FileJournal(files);
        var kept = new HashSet<string>();
        foreach (var slot in new[] { ModelSlot.A, ModelSlot.B })
        {
            for (var batch = 0; batch < batches; batch++)
            {
                foreach (var row in await RowsAsync(keys.Responses(slot, batch), keys.PartialResponses(slot, batch)))
                {
                    kept.Add($"{slot.Letter} {row.GetProperty("id").GetString()!.TrimStart('q')}");
                }
            }
        }

        var prompts = Lines(files.PathOf(keys.JudgeIndex)).Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("row").GetInt32(), line => line.GetProperty("id").GetString()!.TrimStart('q'));
        for (var batch = 0; batch < batches; batch++)
        {
            foreach (var row in await RowsAsync(keys.JudgeAnswers(batch), keys.PartialJudgeAnswers(batch)))
            {
                kept.Add($"judge {prompts[row.GetProperty("row").GetInt32()]} {row.GetProperty("order").GetString()}");
            }
        }

        return kept;

        async Task<IEnumerable<JsonElement>> RowsAsync(ObjectKey finished, ObjectKey unfinished)
        {
            var lines = await journal.ReadAsync(unfinished, TestContext.Current.CancellationToken);
            return lines.Select(line => JsonDocument.Parse(line).RootElement)
                .Concat(Lines(files.PathOf(finished)).Select(line => JsonDocument.Parse(line).RootElement));
        }
    }

    /// <summary>What a call asked for.</summary>
    public static string NameOf(MockCall call)
    {
        var number = string.Concat(call.Prompt[(call.Prompt.IndexOf("number ", StringComparison.Ordinal) + "number ".Length)..].TakeWhile(char.IsAsciiDigit));
        if (call.Model != "judge")
        {
            return $"{call.Model["model-".Length..]} {number}";
        }

        var aFirst = call.Prompt.LastIndexOf("answer of model-a", StringComparison.Ordinal) < call.Prompt.LastIndexOf("answer of model-b", StringComparison.Ordinal);
        return $"judge {number} {(aFirst ? "aFirst" : "bFirst")}";
    }

    private static string[] Lines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];
}
