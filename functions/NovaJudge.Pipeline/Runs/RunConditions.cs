using System.Text.Json;
using NovaJudge.Pipeline.Judging.ByModel;
using NovaJudge.Pipeline.Judging.Exam;

namespace NovaJudge.Pipeline.Runs;

/// <summary>What must be equal in two runs before a difference between them can be the challenger's: everything but model B itself.</summary>
/// <param name="Judge">Who judges, with image if one is named.</param>
/// <param name="Template">How a record becomes a prompt.</param>
/// <param name="Data">Where the prompts come from and how they are read.</param>
/// <param name="Opponent">Model A.</param>
/// <param name="OpponentDecoding">How model A is called.</param>
/// <param name="ChallengerDecoding">How model B is called.</param>
public sealed record RunConditions(string Judge, string Template, string Data, string Opponent, string OpponentDecoding, string ChallengerDecoding)
{
    public static RunConditions Of(EvaluationRequest request) => new(
        JudgeOf(request.Judge),
        request.Dataset.PromptTemplate,
        $"{request.Dataset.Source} ({request.Dataset.Format}{(request.Dataset.IncludeUnanswerable ? ", unanswerable ones included" : "")})",
        request.ModelA.Model.ToString(),
        Decoding(request.ModelA),
        Decoding(request.ModelB));

    /// <summary>The same in few characters: the template and the decodings by their hash, as they may be long and only matter when they differ.</summary>
    public RunConditions Shortened() => this with
    {
        Template = Slug.Hash(12, Template),
        OpponentDecoding = Slug.Hash(12, OpponentDecoding),
        ChallengerDecoding = Slug.Hash(12, ChallengerDecoding),
    };

    /// <summary>What differs, one phrase each, such as <c>the judge (nova, then embedded:token-f1)</c>.</summary>
    public IReadOnlyList<string> DifferencesFrom(RunConditions earlier)
    {
        var differences = new List<string>();
        Compare("the judge", earlier.Judge, Judge);
        Compare("the prompt template", earlier.Template, Template);
        Compare("the data set", earlier.Data, Data);
        Compare("the opponent, model A", earlier.Opponent, Opponent);
        Compare("the decoding of model A", earlier.OpponentDecoding, OpponentDecoding);
        Compare("the decoding of model B", earlier.ChallengerDecoding, ChallengerDecoding);
        return differences;

        void Compare(string what, string before, string now)
        {
            if (before != now)
            {
                differences.Add($"{what} ({Short(before)}, then {Short(now)})");
            }
        }
    }

    /// <summary>A judge that is asked in other words, or sits with others, is another judge.</summary>
    private static string JudgeOf(JudgeSettings judge) => judge switch
    {
        { IsModel: true } when judge.Panel is not null || (judge.Prompt ?? JudgePrompt.Default.Template) != JudgePrompt.Default.Template =>
            $"{judge.Kind}, panel or prompt {JudgeFingerprint.Of(judge)}",
        { Image: { } image } => $"{judge.Kind}, image {image}",
        _ => judge.Kind,
    };

    /// <summary>How a model is called, as far as that can change its answers.</summary>
    internal static string Decoding(ModelSettings model)
    {
        var parts = new List<string> { $"maxTokens {model.MaxTokens}" };
        Add("temperature", model.Temperature);
        Add("topP", model.TopP);
        Add("seed", model.Seed);
        Add("system prompt", model.SystemPrompt is null ? null : JsonEncodedText.Encode(model.SystemPrompt));
        Add("stop", model.Stop is null ? null : string.Join(" | ", model.Stop));
        Add("extra", model.Extra?.GetRawText());
        return string.Join(", ", parts);

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                parts.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} {value}"));
            }
        }
    }

    private static string Short(string text) => text.Length <= 120 ? text.ReplaceLineEndings(" ") : $"{text[..117].ReplaceLineEndings(" ")}...";
}
