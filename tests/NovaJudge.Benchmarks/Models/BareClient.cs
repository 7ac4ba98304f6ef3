using NovaJudge.Pipeline.Judging.ByModel;

namespace NovaJudge.Benchmarks.Models;

/// <summary>
/// What the calls of a run cost at the least: <c>Bare/bare-client.cs</c>, a keep-alive client that makes the same number of calls
/// with bodies of the same size, as many in flight, phase by phase, and keeps nothing of the answers.
/// </summary>
internal sealed class BareClient
{
    private readonly string _program;
    private readonly string _judgeText;

    private BareClient(string program, string name, string judgeText) => (_program, Name, _judgeText) = (program, name, judgeText);

    public string Name { get; }

    /// <summary>The client, compiled; <c>null</c> where that cannot be done, which is said.</summary>
    public static async Task<BareClient?> CompileAsync(bool native)
    {
        if (await BareProgram.PublishAsync("Models/Bare/bare-client.cs", native) is not { } program)
        {
            return null;
        }

        var text = Path.Combine(Path.GetDirectoryName(program)!, "judge-text");
        await File.WriteAllTextAsync(text, JudgeText());
        return new BareClient(program, native ? "bare client, native" : "bare client", text);
    }

    public Task<ProgramRun> RunAsync(ServerProcess server, int prompts, int atOnce) =>
        ProgramRun.OfBareAsync(_program, server.Address, $"{prompts}", $"{atOnce}", _judgeText);

    /// <summary>What stands between the texts of a judge's question: as long as in a run, which fences them with a code.</summary>
    private static string JudgeText()
    {
        const string code = "0123456789abcdef", text = "\0";
        return JudgePrompt.DefaultTemplate
            .Replace("{fence}", code, StringComparison.Ordinal)
            .Replace("{prompt}", $"<<PROMPT {code}>>\n{text}\n<<END OF PROMPT {code}>>", StringComparison.Ordinal)
            .Replace("{first}", $"<<ANSWER A {code}>>\n{text}\n<<END OF ANSWER A {code}>>", StringComparison.Ordinal)
            .Replace("{second}", $"<<ANSWER B {code}>>\n{text}\n<<END OF ANSWER B {code}>>", StringComparison.Ordinal);
    }
}
