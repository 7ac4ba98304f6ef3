namespace NovaJudge.Local.Models;

/// <summary>The demo model <c>embedded:first-sentence</c>: whatever the question, it answers with the first sentence of the context.</summary>
public sealed class FirstSentenceReader() : ExtractiveReader("first-sentence")
{
    protected override string Answer(string context, string question) => Sentences.Of(context) is [var first, ..] ? first : "";
}
