using NovaJudge.Pipeline.Judging.ByModel;

namespace NovaJudge.Pipeline.Runs;

/// <content>The judge.</content>
public sealed partial class RequestReader
{
    /// <summary>The machine ends after a day, and needs time before and after the judge.</summary>
    private const int LongestJudgeMinutes = 20 * 60;

    /// <summary>Each is judged twice in every run.</summary>
    private const int MostAnchors = 500;

    private JudgeSettings ReadJudge(JsonFields fields)
    {
        var kind = fields.Text("kind", defaults.JudgeKind);
        ModelSpec? caller = null;
        if (kind.StartsWith("model:", StringComparison.Ordinal))
        {
            caller = ModelSpec.TryParse(kind["model:".Length..], out var problem);
            if (caller is null)
            {
                fields.Problem("kind", $"after \"model:\" a model spec is expected: {problem}");
            }
        }
        else if (kind is not ("nova" or "nova-rubric") && !kind.StartsWith("embedded:", StringComparison.Ordinal))
        {
            fields.Problem("kind", $"one of nova, nova-rubric, embedded:token-f1 or model:<spec> is expected, not \"{kind}\"");
        }

        var settings = new JudgeSettings
        {
            Kind = kind,
            InstanceType = fields.OptionalText("instanceType", 64),
            Image = fields.OptionalText("image", 255),
            MaxRuntimeMinutes = fields.Whole("maxRuntimeMinutes", 120, 1, LongestJudgeMinutes),
            Concurrency = fields.Whole("concurrency", 8, 1, 1000),
            Anchors = (int?)fields.OptionalWhole("anchors", 1, MostAnchors),
        };
        if (caller is not null)
        {
            settings = ReadModelJudge(fields, settings, caller);
        }

        fields.RefuseOthers();
        return settings;
    }

    /// <summary>The fields of a judge that is a model: how it is called, who else judges, and what they are asked.</summary>
    private static JudgeSettings ReadModelJudge(JsonFields fields, JudgeSettings settings, ModelSpec caller)
    {
        var model = ReadModel(fields.Object("model"), JudgeDefaults(caller.ToString()));
        if (model.Model != caller)
        {
            fields.Problem("model.model", "the judge is named by its kind; leave it out here");
        }

        var panel = fields.Objects("panel", 8).Select(member => ReadModel(member, JudgeDefaults(member.OptionalText("model") ?? ""))).ToArray();
        var prompt = fields.Text("prompt", JudgePrompt.Default.Template, JudgePrompt.LongestTemplate);
        _ = JudgePrompt.TryParse(prompt, out var faults);
        foreach (var fault in faults)
        {
            fields.Problem("prompt", fault);
        }

        return settings with
        {
            Model = model,
            Panel = panel.Length == 0 ? null : panel,
            Prompt = prompt,
            TimeoutSeconds = fields.Whole("timeoutSeconds", 120, 1, 3600),
        };
    }

    /// <summary>A verdict with its reasons; as little left to chance as the model allows.</summary>
    private static ModelDefaults JudgeDefaults(string model) => new(model, null, 1024, 0);
}
