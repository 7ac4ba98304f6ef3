using Amazon.CDK.AWS.IAM;

namespace NovaJudge.Infra.Access;

/// <summary>Statements of policies, each with a name that says what it is for.</summary>
public static class Allow
{
    /// <param name="purpose">The statement's id: letters only.</param>
    /// <param name="actions">What.</param>
    /// <param name="resources">On what.</param>
    /// <param name="conditions">Only if.</param>
    public static PolicyStatement To(string purpose, string[] actions, string[] resources, Dictionary<string, object>? conditions = null) =>
        new(new PolicyStatementProps { Sid = purpose, Actions = actions, Resources = resources, Conditions = conditions });

    /// <summary>A condition that a key has exactly this value.</summary>
    public static Dictionary<string, object> When(string key, object value) => new() { ["StringEquals"] = new Dictionary<string, object> { [key] = value } };

    /// <summary>A role whose whole policy stands in it, so that nothing is added behind a reader's back.</summary>
    public static Dictionary<string, PolicyDocument> Only(params PolicyStatement[] statements) =>
        new() { ["Only"] = new PolicyDocument(new PolicyDocumentProps { Statements = statements }) };

    /// <summary>A service that acts for this account, and for no other.</summary>
    public static ServicePrincipal Service(string service, string account) =>
        new(service, new ServicePrincipalOpts { Conditions = When("aws:SourceAccount", account) });
}
