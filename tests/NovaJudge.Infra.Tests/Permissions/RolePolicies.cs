using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NovaJudge.Infra.Tests.Permissions;

/// <summary>One statement of a role's policy.</summary>
public sealed record Statement(string Role, string Sid, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources, JsonObject? Condition)
{
    /// <summary>Whether action and resource match as IAM matches them: <c>*</c> is any text.</summary>
    public bool Allows(string action, string resource) => Actions.Contains(action) && Resources.Any(pattern => Matches(pattern, resource));

    public static bool Matches(string pattern, string resource) =>
        Regex.IsMatch(resource, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline);
}

/// <summary>What the roles of a template may do.</summary>
public sealed class RolePolicies(ResolvedTemplate template)
{
    /// <summary>Every statement of every role.</summary>
    public IReadOnlyList<Statement> All { get; } =
    [
        .. from role in template.Resources("AWS::IAM::Role")
           from policy in role.Properties["Policies"]?.AsArray() ?? []
           from statement in policy!["PolicyDocument"]!["Statement"]!.AsArray()
           select Read(role.LogicalId, statement.AsObject()),
    ];

    /// <summary>The bucket's ARN as resolved text.</summary>
    public string BucketArn => $"{{{template.Resources("AWS::S3::Bucket").Single(bucket => bucket.Properties["VersioningConfiguration"] is not null).LogicalId}.Arn}}";

    /// <summary>The statements of the role that the step's function runs with.</summary>
    public IEnumerable<Statement> OfStep(string step)
    {
        var function = template.Resources("AWS::Lambda::Function").Single(function => (string?)function.Properties["Handler"] == step).Properties;
        var role = ((string)function["Role"]!).Trim('{', '}').Split('.')[0];
        return All.Where(statement => statement.Role == role);
    }

    /// <summary>Whether the step may do this to an object of the store.</summary>
    public bool StepMay(string step, string action, string key) => OfStep(step).Any(statement => statement.Allows(action, $"{BucketArn}/{key}"));

    private static Statement Read(string role, JsonObject statement) => new(
        role, (string)statement["Sid"]!, Texts(statement["Action"]!), Texts(statement["Resource"]!), statement["Condition"]?.AsObject());

    private static string[] Texts(JsonNode node) => node is JsonArray items ? [.. items.Select(item => (string)item!)] : [(string)node!];
}
