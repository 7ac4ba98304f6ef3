using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;

namespace NovaJudge.Reports.Html.Sections;

/// <summary>How the models fared at answering: failures by kind, tokens; and why prompts have no verdict.</summary>
internal static class GenerationSection
{
    private const int MostNotes = 12;

    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        var (generation, notes) = (inputs.Metrics.Generation, inputs.Tally.Notes);
        html.Write($"""
            <section id="generation" aria-labelledby="generation-heading">
            <h2 id="generation-heading">Answers, failures, tokens and cost</h2>
            <p class="lead">A failed answer is neither a win nor a loss: its prompt has no verdict.</p>
            <div class="columns">
            <div class="card">
            <h3>Answers and tokens</h3>
            <div class="scroll"><table>
            <caption class="hidden">Answers and tokens of both models</caption>
            <thead><tr><th scope="col">&nbsp;</th><th scope="col" class="number">A</th><th scope="col" class="number">B</th></tr></thead>
            <tbody>
            {Row("Answered", generation, slot => Numerals.Count(slot.Answered))}
            {Row("Failed", generation, slot => Numerals.Count(slot.Failed))}
            {Row("Empty answers", generation, slot => Numerals.Count(slot.Empty))}
            {Row("Tokens read", generation, slot => Numerals.Count(slot.InputTokens))}
            {Row("Tokens written", generation, slot => Numerals.Count(slot.OutputTokens))}
            {Row("Written per answer", generation, slot => slot.Answered == 0 ? "none" : Numerals.Count(Math.Round((double)slot.OutputTokens / slot.Answered, 1)))}
            </tbody></table></div>
            <p class="muted small">Tokens as the services counted them; 0 where they did not.</p>
            </div>
            <div class="card">
            <h3>Failures by kind</h3>
            {Kinds(generation)}
            </div>
            {CostCard.Of(inputs.Ledger)}
            """);
        if (notes.Count > 0)
        {
            html.Write($"""<div class="card"><h3>Why prompts have no verdict</h3><table><caption class="hidden">Reasons and their numbers</caption><tbody>""");
            foreach (var (note, count) in notes.Take(MostNotes))
            {
                html.Write($"""<tr><th scope="row" class="text"><bdi>{note}</bdi></th><td class="number">{Numerals.Count(count)}</td></tr>""");
            }

            html.Write($"""</tbody></table>{(notes.Count > MostNotes ? HtmlWriter.Of($"""<p class="muted small">and {Numerals.Count(notes.Count - MostNotes)} other reasons</p>""") : Markup.None)}</div>""");
        }

        html.Write($"""
            </div>
            </section>
            """);
    }

    private static Markup Row(string label, GenerationMetrics generation, Func<SlotGeneration, string> value) =>
        HtmlWriter.Of($"""<tr><th scope="row">{label}</th><td class="number">{value(generation.A)}</td><td class="number">{value(generation.B)}</td></tr>""");

    private static Markup Kinds(GenerationMetrics generation)
    {
        string[] kinds = [.. generation.A.FailuresByKind.Keys.Union(generation.B.FailuresByKind.Keys).Order(StringComparer.Ordinal)];
        if (kinds.Length == 0)
        {
            return HtmlWriter.Of($"""<p class="muted">No call failed.</p>""");
        }

        var rows = kinds.Select(kind => HtmlWriter.Of(
            $"""<tr><th scope="row" class="text"><bdi>{kind}</bdi></th><td class="number">{Numerals.Count(generation.A.FailuresByKind.GetValueOrDefault(kind))}</td><td class="number">{Numerals.Count(generation.B.FailuresByKind.GetValueOrDefault(kind))}</td></tr>"""));
        return HtmlWriter.Of($"""<div class="scroll"><table><caption class="hidden">Failed prompts by kind</caption><thead><tr><th scope="col">Kind</th><th scope="col" class="number">A</th><th scope="col" class="number">B</th></tr></thead><tbody>{Markup.Concat(rows)}</tbody></table></div>""");
    }
}
