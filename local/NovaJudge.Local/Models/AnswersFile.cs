using System.Text.Json;
using System.Text.Json.Serialization;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Local.Models;

/// <summary>
/// Answers in a JSON Lines file: <c>{"id" or "prompt", "text" or "response"}</c> a line, also as the pipeline itself writes
/// <c>responses/</c>. A line may hold an error in the place of an answer.
/// </summary>
internal static class AnswersFile
{
    /// <summary>Why the file cannot be used, or <c>null</c>: its first line is read.</summary>
    public static string? FindProblem(string path)
    {
        if (!File.Exists(path))
        {
            return $"{path}: there is no such file.";
        }

        try
        {
            return File.ReadLines(path).FirstOrDefault(line => line.Length > 0) is { } first
                ? Problem(Parse(first)) is { } problem ? $"{path}, line 1: {problem}" : null
                : $"{path} is empty; one answer a line is expected.";
        }
        catch (JsonException e)
        {
            return $"{path}, line 1: it is not JSON. {e.Message}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path}: {e.Message}";
        }
    }

    /// <exception cref="ModelException">A line cannot be read.</exception>
    public static async Task<RecordedAnswers> ReadAsync(string path)
    {
        var answers = new RecordedAnswers();
        var number = 0;
        try
        {
            await foreach (var line in File.ReadLinesAsync(path))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                var row = Parse(line);
                if (Problem(row) is { } problem)
                {
                    throw Unusable($"{path}, line {number}: {problem}");
                }

                answers.Add(row!.Id, row.Prompt ?? row.Question, new ResponseRow(row.Id ?? "", row.Text ?? row.Response, row.Error, row.InputTokens, row.OutputTokens, row.StopReason));
            }

            return answers;
        }
        catch (JsonException e)
        {
            throw Unusable($"{path}, line {number}: it is not JSON. {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable($"{path}: {e.Message}");
        }
    }

    private static RecordedAnswer? Parse(string line) => JsonSerializer.Deserialize(line, AnswersJsonContext.Default.RecordedAnswer);

    private static string? Problem(RecordedAnswer? row) => row switch
    {
        null => "null stands where an answer is expected.",
        { Id: null, Prompt: null, Question: null } => "\"id\" or \"prompt\" is missing, by which the answer is found.",
        { Text: null, Response: null, Error: null } => "\"text\" or \"response\" is missing: the answer itself.",
        _ => null,
    };

    private static ModelException Unusable(string message) => new(ModelFailureKind.Permanent, "unusableFile", message);
}

internal sealed record RecordedAnswer(
    string? Id, string? Prompt, string? Question, string? Text, string? Response, ResponseError? Error, long? InputTokens, long? OutputTokens, string? StopReason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecordedAnswer))]
internal sealed partial class AnswersJsonContext : JsonSerializerContext;
