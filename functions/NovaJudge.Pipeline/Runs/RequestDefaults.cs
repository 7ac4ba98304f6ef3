namespace NovaJudge.Pipeline.Runs;

/// <summary>What a request leaves out is filled in from here: on a laptop the embedded parts, on AWS the stack's context.</summary>
public sealed record RequestDefaults
{
    /// <summary>The longest prompt template that is stored with a run, in characters.</summary>
    public const int MaxTemplateLength = 100_000;

    /// <summary>How a record with a context becomes a text, unless the request says otherwise.</summary>
    public const string PromptTemplate = "{context}\n\nQuestion: {question}";

    /// <summary>Data set of an empty request; absent when a request must name one.</summary>
    public string? DatasetSource { get; init; }

    public ModelDefaults? ModelA { get; init; }

    public ModelDefaults? ModelB { get; init; }

    /// <summary>The same where the data set brings both answers along: the models are names only.</summary>
    public RequestDefaults ForPairs => this with
    {
        ModelA = new ModelDefaults("file:supplied", "Model A"),
        ModelB = new ModelDefaults("file:supplied", "Model B"),
    };

    /// <summary>Judge of an empty request.</summary>
    public required string JudgeKind { get; init; }

    /// <summary>Data sets that are used whole unless the request samples; all others are sampled.</summary>
    public string WholeDatasetPrefix { get; init; } = "embedded:";

    /// <summary>Prompts of a stratified sample when the request names no size.</summary>
    public int SampleSize { get; init; } = 100;

    /// <summary>Prompts in one batch when the request does not say: what is asked again at the most when a function dies without notice.</summary>
    public int BatchSize { get; init; } = 20;
}

/// <summary>A model to use when the request names none.</summary>
/// <param name="Model">Its spec.</param>
/// <param name="Name">What people read; absent: the spec.</param>
/// <param name="MaxTokens">Longest answer, in tokens.</param>
/// <param name="Temperature">Sent only when set.</param>
public sealed record ModelDefaults(string Model, string? Name = null, int MaxTokens = 512, double? Temperature = null);
