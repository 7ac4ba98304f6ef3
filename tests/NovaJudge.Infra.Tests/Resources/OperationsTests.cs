using System.Text.Json;
using NovaJudge.Infra.Synthesis;

namespace NovaJudge.Infra.Tests.Resources;

[Collection(SynthesisGroup.Name)]
public sealed class OperationsTests(Synthesized stacks)
{
    private static string Handbook => File.ReadAllText(Repository.PathTo("docs", "operations.md"));

    [Fact]
    public void Every_alarm_tells_the_topic_and_stands_in_the_handbook()
    {
        var alarms = stacks.Pipeline.Resources("AWS::CloudWatch::Alarm");

        alarms.Count.ShouldBe(9);
        foreach (var (id, alarm) in alarms)
        {
            ((string)alarm["AlarmActions"]![0]!).ShouldStartWith("{NotificationsTopic", Case.Sensitive, id);
            Handbook.ShouldContain($"`{id["Alarms".Length..^8]}`");
        }
    }

    [Fact]
    public void Silence_of_the_sweeper_is_an_alarm_and_silence_of_all_else_is_not()
    {
        foreach (var (id, alarm) in stacks.Pipeline.Resources("AWS::CloudWatch::Alarm"))
        {
            ((string?)alarm["TreatMissingData"]).ShouldBe(id.StartsWith("AlarmsSweeperSilent") ? "breaching" : "notBreaching", id);
        }
    }

    [Fact]
    public void Somebody_is_told_when_the_deployment_names_an_address()
    {
        stacks.Pipeline.Resources("AWS::SNS::Subscription").ShouldBeEmpty();

        var subscription = stacks.Other.Resources("AWS::SNS::Subscription").ShouldHaveSingleItem().Properties;

        ((string?)subscription["Endpoint"]).ShouldBe("team@example.org");
        ((string?)subscription["Protocol"]).ShouldBe("email");
    }

    [Fact]
    public void The_dashboard_is_valid_JSON()
    {
        var body = (string)stacks.Pipeline.Resource("AWS::CloudWatch::Dashboard")["DashboardBody"]!;

        JsonDocument.Parse(body).RootElement.GetProperty("widgets").GetArrayLength().ShouldBe(10);
    }

    [Fact]
    public void Every_entry_of_the_context_stands_in_the_handbook()
    {
        var entries = CdkContext.File.EnumerateObject().Select(entry => entry.Name).Where(name => name.StartsWith("nova:", StringComparison.Ordinal)).ToArray();

        entries.Length.ShouldBe(11);
        entries.ShouldAllBe(entry => Handbook.Contains($"`{entry}`"));
    }

    [Fact]
    public void Every_role_stands_in_the_security_notes()
    {
        var notes = File.ReadAllText(Repository.PathTo("docs", "security.md"));

        foreach (var (id, role) in stacks.Pipeline.Resources("AWS::IAM::Role").Concat(stacks.Other.Resources("AWS::IAM::Role")))
        {
            var name = id[..^8];
            name = name.EndsWith("Role") ? name[..^4] : name;
            notes.ShouldContain($"`{(name.StartsWith("Steps") ? name[5..] : name)}`");
        }
    }
}
