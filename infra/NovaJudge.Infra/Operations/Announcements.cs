namespace NovaJudge.Infra.Operations;

/// <summary>How the functions tell the end of a run. They say it in these words; the dashboard and a policy know them.</summary>
public static class Announcements
{
    /// <summary>Source of the events that PublishSummary puts on the default bus.</summary>
    public const string EventSource = "nova.judge";

    /// <summary>Namespace of the metrics that it writes into its log, with the dimension <c>Suite</c>.</summary>
    public const string MetricsNamespace = "NovaJudge";
}
