using System.Text;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Generation;

/// <summary>
/// Turns a record into the text that models and judge see. Fields stand in braces; a doubled brace is a brace.
/// The default template asks for a context; a record without one is then asked its question alone.
/// </summary>
public static class PromptTemplate
{
    private static readonly string[] Fields = ["question", "context", "category", "id"];

    /// <summary>What is wrong with a template, or <c>null</c>.</summary>
    public static string? Problem(string template)
    {
        var fields = new List<string>();
        var problem = Walk(template, (_, _) => { }, fields.Add);
        var unknown = fields.Find(field => !Fields.Contains(field));
        return problem
            ?? (unknown is not null ? $"there is no field {{{unknown}}}; known are {string.Join(", ", Fields.Select(field => $"{{{field}}}"))}; a brace itself is written twice" : null)
            ?? (fields.Contains("question") ? null : "the template must hold {question}");
    }

    /// <summary>The text for one record.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: the record lacks a field that the template names.</exception>
    public static string Render(string template, string id, string question, string? context, string? category)
    {
        if (context is null && template == RequestDefaults.PromptTemplate)
        {
            return question;
        }

        var text = new StringBuilder(template.Length + question.Length + (context?.Length ?? 0));
        Walk(template, (start, length) => text.Append(template, start, length), field => text.Append(field switch
        {
            "question" => question,
            "context" => context,
            "category" => category,
            _ => id,
        } ?? throw PipelineException.BadInput($"Record \"{id}\" has no {field}, which the prompt template asks for.")));
        return text.ToString();
    }

    private static string? Walk(string template, Action<int, int> literal, Action<string> field)
    {
        for (var at = 0; at < template.Length;)
        {
            var brace = template.AsSpan(at).IndexOfAny('{', '}');
            if (brace < 0)
            {
                literal(at, template.Length - at);
                return null;
            }

            literal(at, brace);
            at += brace;
            if (at + 1 < template.Length && template[at + 1] == template[at])
            {
                literal(at, 1);
                at += 2;
                continue;
            }

            var close = template[at] == '{' ? template.IndexOf('}', at) : -1;
            if (close < 0)
            {
                return $"the brace at character {at} has no partner; a brace itself is written twice";
            }

            field(template[(at + 1)..close]);
            at = close + 1;
        }

        return null;
    }
}
