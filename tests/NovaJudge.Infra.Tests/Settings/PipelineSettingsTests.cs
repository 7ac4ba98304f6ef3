using System.Text.Json;
using NovaJudge.Infra.Settings;
using NovaJudge.Infra.Synthesis;

namespace NovaJudge.Infra.Tests.Settings;

public sealed class PipelineSettingsTests
{
    [Fact]
    public void An_empty_context_is_a_deployment_without_models()
    {
        var settings = Read("{}");

        settings.Name.ShouldBe("nova-judge");
        settings.Models.ShouldBeEmpty();
        settings.Schedule.ShouldBeNull();
        settings.QwenEndpoint.ShouldBeNull();
        settings.AlarmEmail.ShouldBeNull();
        settings.RunRetentionDays.ShouldBe(365);
    }

    [Fact]
    public void The_context_of_the_repository_can_be_deployed()
    {
        var settings = PipelineSettings.Read(CdkContext.File);

        settings.Models.Select(model => model.ToString()).ShouldBe(["sagemaker:nova-judge-qwen/nova-judge-qwen-1-5b", "bedrock:global.anthropic.claude-sonnet-4-6"]);
        settings.JudgeInstanceTypes.ShouldBe(["ml.g5.12xlarge"]);
    }

    [Fact]
    public void Values_from_the_command_line_come_as_text()
    {
        var settings = Read("""{"nova:models": "[\"bedrock:amazon.nova-lite-v1:0\"]", "nova:qwenEndpoint": "true", "nova:runRetentionDays": "30", "nova:schedule": "{\"expression\":\"rate(1 day)\"}", "nova:defaults": "{\"datasetSource\":\"incoming/qa.jsonl\"}"}""");

        settings.Models.ShouldHaveSingleItem().Target.ShouldBe("amazon.nova-lite-v1:0");
        settings.QwenEndpoint.ShouldBe(new QwenEndpointSettings("ml.g5.xlarge", 1));
        settings.RunRetentionDays.ShouldBe(30);
        settings.Schedule!.Expression.ShouldBe("rate(1 day)");
    }

    [Fact]
    public void Entries_of_others_are_left_alone()
    {
        Read("""{"@aws-cdk/core:checkSecretUsage": true, "availability-zones:account=1:region=us-east-1": ["a"]}""").Name.ShouldBe("nova-judge");
    }

    [Theory]
    [InlineData("""{"nova:shedule": true}""", "\"nova:shedule\": there is no such entry; known are alarmEmail, architecture,")]
    [InlineData("""{"nova:name": "Nova Judge"}""", "\"nova:name\": 1 to 20 of a-z, 0-9 and '-' that start with a letter is expected, not \"Nova Judge\".")]
    [InlineData("""{"nova:name": "nova\n"}""", "\"nova:name\": 1 to 20 of")]
    [InlineData("""{"nova:architecture": "amd64"}""", "\"nova:architecture\": x86_64 or arm64 is expected, not \"amd64\".")]
    [InlineData("""{"nova:models": "bedrock:amazon.nova-lite-v1:0"}""", "\"nova:models\": a list is expected, not bedrock:amazon.nova-lite-v1:0.")]
    [InlineData("""{"nova:models": ["bedrok:x"]}""", "\"nova:models[0]\": \"bedrok:x\" is not a model spec; known are bedrock:")]
    [InlineData("""{"nova:models": ["bedrock:*"]}""", "\"nova:models[0]\": \"bedrock:*\": the id of a model or of one of Bedrock's own inference profiles is expected")]
    [InlineData("""{"nova:models": ["bedrock:arn:aws:bedrock:us-east-1:1:application-inference-profile/x"]}""", "the id of a model or of one of Bedrock's own inference profiles is expected")]
    [InlineData("""{"nova:models": ["sagemaker:a/b*"]}""", "\"nova:models[0]\": \"sagemaker:a/b*\": names of an endpoint and a component have at most 63")]
    [InlineData("""{"nova:models": ["openai:http://localhost:1/v1#m"]}""", "only bedrock: and sagemaker: models can be called from AWS")]
    [InlineData("""{"nova:models": ["run:first/a"]}""", "answers of earlier runs may always be replayed")]
    [InlineData("""{"nova:models": [7]}""", "\"nova:models[0]\": a model spec is expected.")]
    [InlineData("""{"nova:datasetBuckets": ["s3://data"]}""", "\"nova:datasetBuckets[0]\": the name of a bucket is expected, not \"s3://data\".")]
    [InlineData("""{"nova:judgeInstanceTypes": ["g5.12xlarge"]}""", "\"nova:judgeInstanceTypes[0]\": an instance type such as ml.g5.12xlarge is expected")]
    [InlineData("""{"nova:defaults": {"modelA": "bedrock:x"}}""", "\"nova:defaults.modelA\": an object with a model is expected")]
    [InlineData("""{"nova:defaults": {"modelA": {"model": "bedrock:amazon.nova-lite-v1:0"}}}""", "\"nova:defaults.modelA.model\": \"bedrock:amazon.nova-lite-v1:0\" is not listed under nova:models")]
    [InlineData("""{"nova:defaults": {"judgeKind": "embedded:token-f1"}}""", "\"nova:defaults.judgeKind\": nova, nova-rubric or model:<a listed model> is expected, not \"embedded:token-f1\".")]
    [InlineData("""{"nova:defaults": {"judgeKind": "model:bedrock:amazon.nova-lite-v1:0"}}""", "\"nova:defaults.judgeKind\": nova, nova-rubric or model:<a listed model> is expected")]
    [InlineData("""{"nova:defaults": {"sampleSize": "all"}}""", "\"nova:defaults.sampleSize\": a number of prompts is expected, not \"all\".")]
    [InlineData("""{"nova:models": ["bedrock:amazon.nova-lite-v1:0"], "nova:defaults": {"modelA": {"model": "bedrock:amazon.nova-lite-v1:0", "maxTokens": "many"}}}""", "\"nova:defaults.modelA.maxTokens\": a number of tokens is expected, not \"many\".")]
    [InlineData("""{"nova:defaults": {"modelC": {}}}""", "\"nova:defaults.modelC\": there is no such field; known are datasetSource, modelA,")]
    [InlineData("""{"nova:schedule": {"expression": "cron(0 6 * * *)"}}""", "\"nova:schedule.expression\": rate(1 day) or cron(0 6 ? * MON *), with six fields, is expected")]
    [InlineData("""{"nova:schedule": {"expression": "rate(1 day)", "timeZone": "Berlin"}}""", "\"nova:schedule.timeZone\": an IANA time zone such as Europe/Berlin is expected, not \"Berlin\".")]
    [InlineData("""{"nova:schedule": {"expression": "rate(1 day)", "request": []}}""", "\"nova:schedule.request\": an object is expected, not [].")]
    [InlineData("""{"nova:schedule": {"expression": "rate(1 day)"}}""", "\"nova:schedule.request.dataset\": a data set is expected, here or as nova:defaults.datasetSource.")]
    [InlineData("""{"nova:schedule": "daily"}""", "\"nova:schedule\": an object, true or false is expected, not \"daily\".")]
    [InlineData("""{"nova:alarmEmail": "me"}""", "\"nova:alarmEmail\": an e-mail address, or \"\" for none is expected, not \"me\".")]
    [InlineData("""{"nova:runRetentionDays": 0}""", "\"nova:runRetentionDays\": a number of days from 1 to 3650 is expected, not 0.")]
    [InlineData("""{"nova:logRetentionDays": 31}""", "\"nova:logRetentionDays\": one of 7, 14, 30, 60, 90, 180, 365 is expected, not 31.")]
    [InlineData("""{"nova:qwenEndpoint": {"instanceType": "ml.m5.large"}}""", "\"nova:qwenEndpoint.instanceType\": a GPU instance such as ml.g5.xlarge or ml.g6.xlarge is expected, not \"ml.m5.large\".")]
    [InlineData("""{"nova:qwenEndpoint": {"maxInstances": 0}}""", "\"nova:qwenEndpoint.maxInstances\": a number from 1 to 20 is expected, not 0.")]
    public void A_wrong_entry_is_refused_with_its_place_and_the_rule(string context, string message)
    {
        Should.Throw<SettingsException>(() => Read(context)).Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("{ \"context\": 7 }", "\"context\": an object is expected, not 7.")]
    [InlineData("{\n\"context\": {,}\n}", "Line 2: it is not JSON.")]
    public void A_broken_file_is_refused_with_its_line(string file, string message)
    {
        Should.Throw<SettingsException>(() => CdkContext.Parse(file)).Message.ShouldContain(message);
    }

    [Fact]
    public void A_file_without_context_is_an_empty_one()
    {
        PipelineSettings.Read(CdkContext.Parse("{}")).Models.ShouldBeEmpty();
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var message = Should.Throw<SettingsException>(() => Read("""{"nova:name": "X", "nova:models": ["x"], "nova:logRetentionDays": 1}""")).Message;

        message.Split('\n').Length.ShouldBe(5);
        message.ShouldEndWith("docs/operations.md describes every entry.");
    }

    [Fact]
    public void More_than_a_functions_environment_holds_is_refused()
    {
        var models = string.Join(',', Enumerable.Range(0, 100).Select(n => $"\"sagemaker:an-endpoint-with-a-rather-long-name-{n}\""));

        Should.Throw<SettingsException>(() => Read($$"""{"nova:models": [{{models}}]}""")).Message.ShouldContain("the environment of a Lambda function has room for 3000");
    }

    private static PipelineSettings Read(string context) => PipelineSettings.Read(JsonDocument.Parse(context).RootElement);
}
