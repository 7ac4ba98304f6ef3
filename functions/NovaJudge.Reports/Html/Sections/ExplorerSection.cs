using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Html.Sections;

/// <summary>The frame of the record explorer, which the page's script fills.</summary>
internal static class ExplorerSection
{
    public static void Write(HtmlWriter html, ReportInputs inputs)
    {
        var models = inputs.Metrics.Models;
        html.Write($"""
            <section id="records" aria-labelledby="records-heading">
            <h2 id="records-heading">Every record</h2>
            <p class="lead">Both answers side by side with what each pass of the judge said. Keys: <kbd>/</kbd> searches, <kbd>j</kbd> and <kbd>k</kbd> or the arrows step through the list.</p>
            <noscript><p class="card">The record explorer needs JavaScript. All records are in <a href="verdicts.csv">verdicts.csv</a>.</p></noscript>
            <div class="explorer" data-a="{models.A.Name}" data-b="{models.B.Name}">
            <div class="tools" role="search" aria-label="Records">
            <div class="search"><label class="hidden" for="search">Search prompts, answers and references</label>
            <input id="search" type="search" autocomplete="off" spellcheck="false" placeholder="Search prompts and answers"></div>
            <label class="hidden" for="category">Category</label>
            <select id="category"><option value="">All categories</option></select>
            <div class="outcomes" role="group" aria-label="Show only these outcomes">
            {Buttons(inputs.Metrics.Outcomes)}
            </div>
            </div>
            <p class="status" role="status">Opening the records …</p>
            <div class="list" role="group" aria-label="Records" tabindex="0"></div>
            <div class="detail card" role="region" aria-label="Selected record"></div>
            </div>
            </section>
            """);
    }

    private static Markup Buttons(OutcomeMetrics outcomes)
    {
        var buttons = Markup.None;
        foreach (var outcome in OutcomeWords.Order)
        {
            var (code, label, count) = (OutcomeWords.Code(outcome), OutcomeWords.Label(outcome), Count(outcomes, outcome));
            var hidden = count == 0 ? new Markup(" hidden") : Markup.None;
            buttons += HtmlWriter.Of($"""<button type="button" aria-pressed="false" value="{code}" data-label="{label}"{hidden}><span class="dot {code}" aria-hidden="true"></span>{label} <span class="muted">{Numerals.Count(count)}</span></button>""");
        }

        return buttons;
    }

    private static int Count(OutcomeMetrics outcomes, PromptOutcome outcome) => outcome switch
    {
        PromptOutcome.A => outcomes.A,
        PromptOutcome.B => outcomes.B,
        PromptOutcome.Tie => outcomes.Tie,
        PromptOutcome.Inconsistent => outcomes.Inconsistent,
        PromptOutcome.Unscored => outcomes.Unscored,
        PromptOutcome.GenerationFailed => outcomes.GenerationFailed,
        PromptOutcome.TooLongForJudge => outcomes.TooLongForJudge,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
