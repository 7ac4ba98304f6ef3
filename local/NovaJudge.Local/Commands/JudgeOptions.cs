using System.CommandLine;
using System.Text.Json.Nodes;

namespace NovaJudge.Local.Commands;

/// <summary>The options that say who judges and how; a run, an exam and a new judgement of an old run share them.</summary>
internal sealed class JudgeOptions
{
    private readonly Option<string?> _judge = new("--judge") { Description = "embedded:token-f1, or model:SPEC such as model:ollama:NAME; on AWS also nova.", HelpName = "KIND" };
    private readonly Option<string?> _prompt = new("--judge-prompt") { Description = "What a model that judges is asked: a file with {prompt}, {first}, {second}; docs/models.md shows the default.", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--judge-key") { Description = "Environment variable that holds the API key of a model that judges.", HelpName = "VARIABLE" };
    private readonly Option<FileInfo?> _request = new("--request") { Description = "A request as JSON; every field is optional.", HelpName = "FILE" };
    private readonly Option<string[]> _settings = new("--set")
    {
        Description = "Any field of the request, such as modelA.temperature=0.2 or judge.model.apiKeyVariable=NAME; @FILE is the text of a file.",
        HelpName = "PATH=VALUE",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_judge, _prompt, _key, _settings, _request])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The request as far as the file says something.</summary>
    public JsonObject ReadFile(ParseResult result) => result.GetValue(_request) is { } file ? RequestFields.ReadFile(file) : [];

    /// <summary>Puts what the options say over a request.</summary>
    public void Apply(ParseResult result, JsonObject request)
    {
        RequestFields.Set(request, result.GetValue(_judge), "judge", "kind");
        RequestFields.Set(request, result.GetValue(_prompt) is { } file ? RequestFields.TextOrFile($"@{file}") : null, "judge", "prompt");
        RequestFields.Set(request, result.GetValue(_key), "judge", "model", "apiKeyVariable");
        RequestFields.Apply(request, result.GetValue(_settings) ?? []);
    }
}
