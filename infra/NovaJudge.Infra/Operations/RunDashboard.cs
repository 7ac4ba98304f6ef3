using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using NovaJudge.Infra.Access;
using NovaJudge.Infra.Steps;
using NovaJudge.Pipeline.Steps;
using static Amazon.CDK.Duration;

namespace NovaJudge.Infra.Operations;

/// <summary>One screen: what runs, what fails, where the time goes.</summary>
public sealed class RunDashboard : Construct
{
    public RunDashboard(Construct scope, string id, PipelineNames names, StateMachine machine, StepFunctions functions, IQueue undelivered, Alarms alarms)
        : base(scope, id)
    {
        var dashboard = new Dashboard(this, "Dashboard", new DashboardProps { DashboardName = names.Dashboard });
        dashboard.AddWidgets(new AlarmStatusWidget(new AlarmStatusWidgetProps { Title = "Alarms", Alarms = [.. alarms.All], Width = 24, Height = 3 }));
        dashboard.AddWidgets(
            Graph("Runs", machine.MetricStarted(Hourly), machine.MetricSucceeded(Hourly), machine.MetricFailed(Hourly), machine.MetricTimedOut(Hourly), machine.MetricAborted(Hourly)),
            Graph("How long a run takes", machine.MetricTime(Of("p50")), machine.MetricTime(Of("Maximum"))),
            Graph("Undelivered events", undelivered.MetricApproximateNumberOfMessagesVisible(Of("Maximum"))));
        dashboard.AddWidgets(
            Graph("Score of model B, by suite", OfSuites("Score", "Average")),
            Graph("Gates that failed, by suite", OfSuites("GateFailed", "Sum")),
            Graph("Cost of runs in US dollars, by suite", OfSuites("CostUsd", "Sum")));
        dashboard.AddWidgets(
            Graph("How long a step takes (95%)", [.. functions.All.Select(function => Named(function.MetricDuration(Of("p95")), function))]),
            Graph("Errors of steps", [.. functions.All.Select(function => Named(function.MetricErrors(Hourly), function))]),
            Graph("Refused calls of steps", [.. functions.All.Select(function => Named(function.MetricThrottles(Hourly), function))]));

        IMetric Named(Metric metric, Amazon.CDK.AWS.Lambda.Function function) =>
            metric.With(new MetricOptions { Label = StepNames.All.Single(step => functions[step] == function) });
    }

    // Suites are known at run time only.
    private static MathExpression OfSuites(string metric, string statistic) => new(new MathExpressionProps
    {
        Expression = $"SEARCH('{{{Announcements.MetricsNamespace},Suite}} MetricName=\"{metric}\"', '{statistic}', 86400)",
        UsingMetrics = new Dictionary<string, IMetric>(),
        Label = "",
        Period = Days(1),
    });

    private static MetricOptions Hourly => new() { Statistic = "Sum", Period = Hours(1) };

    private static MetricOptions Of(string statistic) => new() { Statistic = statistic, Period = Hours(1) };

    private static GraphWidget Graph(string title, params IMetric[] metrics) => new(new GraphWidgetProps { Title = title, Left = metrics, Width = 8 });
}
