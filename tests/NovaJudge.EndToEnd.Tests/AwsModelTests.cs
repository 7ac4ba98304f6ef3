using System.Text.Json;
using NovaJudge.LocalAws;
using NovaJudge.Pipeline;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>Models of Bedrock and SageMaker in a run on this machine: called with its user's credentials, beside models of every other kind.</summary>
public sealed class AwsModelTests : IDisposable
{
    private const string Region = "eu-west-1";
    private const string AccessKey = "ASIAEXAMPLEEXAMPLE00";
    private const string SecretKey = "fake/secret+key=for/tests";
    private const string SessionToken = "fake-session-token//with+signs==";
    private const string Claude = "bedrock:eu.anthropic.claude-sonnet-4-6";
    /// <summary>SHA-1 of "people", as the AWS command line names the file of a session.</summary>
    private const string NameOfSession = "ab3ccc8dba2a0cf7a1ce4d830bb8a6238ff03833";

    private static readonly string[] Comparison = ["run", "--store", "store", "--run-id", "aws", "--dataset", "questions.jsonl", "--sample", "all", "--model-a", "sagemaker:qwen-endpoint", "--model-b", Claude];

    private readonly Workspace _workspace = new();
    private readonly SignatureCheck _signatures = new(AccessKey, SecretKey, SessionToken, Region);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_run_calls_them_with_right_signatures_and_a_model_of_Bedrock_can_judge()
    {
        await using var aws = await StartAsync();
        _workspace.Questions(40);

        var result = await NovaProcess.RunAsync(_workspace.Folder, Variables(aws, ("AWS_ACCESS_KEY_ID", AccessKey), ("AWS_SECRET_ACCESS_KEY", SecretKey), ("AWS_SESSION_TOKEN", SessionToken), ("AWS_REGION", Region)),
            [.. Comparison, "--judge", "model:bedrock:judge"]);

        result.ExitCode.ShouldBe(0, result.ToString());
        _signatures.Problems.ShouldBeEmpty();
        _signatures.Calls["bedrock"].ShouldBe(40 + 80);
        _signatures.Calls["sagemaker"].ShouldBe(2 + 40, "the endpoint is looked up before the run and by its first step");
        var outcomes = _workspace.Json(_workspace.Run("aws", "metrics.json")).GetProperty("outcomes");
        (outcomes.GetProperty("inconsistent").GetInt32(), outcomes.GetProperty("scored").GetInt32()).ShouldBe((40, 40), "the judge always prefers the first answer");
        foreach (var secret in new[] { SecretKey, SessionToken, AccessKey })
        {
            Directory.EnumerateFiles(_workspace.Store, "*", SearchOption.AllDirectories)
                .Where(file => File.ReadAllText(file).Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_profile_that_has_signed_in_is_enough()
    {
        await using var aws = await StartAsync();
        await using var signIn = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(200, JsonSerializer.Serialize(new
        {
            roleCredentials = new { accessKeyId = AccessKey, secretAccessKey = SecretKey, sessionToken = SessionToken, expiration = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds() },
        })));
        const string start = "https://example.awsapps.com/start";
        _workspace.Write(".aws/config", $"[profile work]\nsso_session = people\nsso_account_id = 123456789012\nsso_role_name = Reader\nregion = {Region}\n\n[sso-session people]\nsso_start_url = {start}\nsso_region = {Region}\nsso_registration_scopes = sso:account:access\n");
        _workspace.Write($".aws/sso/cache/{NameOfSession}.json", JsonSerializer.Serialize(new
        {
            startUrl = start,
            region = Region,
            accessToken = "fake-access-token",
            expiresAt = DateTimeOffset.UtcNow.AddHours(1).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
        }));
        _workspace.Questions(4);

        var result = await NovaProcess.RunAsync(_workspace.Folder, Variables(aws, ("AWS_PROFILE", "work"), ("AWS_ENDPOINT_URL_SSO", signIn.Address)), Comparison);

        result.ExitCode.ShouldBe(0, result.ToString());
        _signatures.Problems.ShouldBeEmpty();
        signIn.Calls.Select(call => call.Header("x-amz-sso_bearer_token")).Distinct().ShouldBe(["fake-access-token"]);
    }

    [Theory]
    [InlineData("", "there are no AWS credentials here: aws configure sso, or export AWS_PROFILE")]
    [InlineData("AWS_PROFILE=nobody", "there is no profile nobody with AWS credentials")]
    [InlineData("AWS_ACCESS_KEY_ID=A AWS_SECRET_ACCESS_KEY=b", "no AWS region is set: export AWS_REGION=us-east-1")]
    public async Task What_is_missing_is_said_before_anything_is_asked(string variables, string words)
    {
        await using var aws = await StartAsync();
        _workspace.Questions(4);

        var result = await NovaProcess.RunAsync(_workspace.Folder,
            Variables(aws, [.. variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => (pair.Split('=')[0], pair.Split('=')[1]))]), Comparison);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain(words);
        _signatures.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nonsense", "the AWS profiles cannot be read")]
    [InlineData("[default]\nregion = eu-west-1\ncredential_process = /no/such/program", "AWS credentials (the profile default) cannot be had")]
    [InlineData("[default]\nregion = eu-west-1\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = Reader", "Sign in again: aws sso login")]
    public async Task A_profile_that_does_not_work_is_told_before_anything_is_asked(string config, string words)
    {
        await using var aws = await StartAsync();
        _workspace.Questions(4);
        _workspace.Write(".aws/config", config);

        var result = await NovaProcess.RunAsync(_workspace.Folder, Variables(aws), Comparison);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain(words);
        Directory.Exists(_workspace.Run("aws")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_and_a_model_that_is_retired_are_refused_in_one_go()
    {
        await using var aws = await StartAsync();
        _workspace.Questions(4);

        var result = await NovaProcess.RunAsync(_workspace.Folder, Variables(aws, ("AWS_ACCESS_KEY_ID", AccessKey), ("AWS_SECRET_ACCESS_KEY", SecretKey), ("AWS_SESSION_TOKEN", SessionToken), ("AWS_REGION", Region)),
            ["run", "--store", "store", "--dataset", "questions.jsonl", "--model-a", "sagemaker:nothing", "--model-b", "bedrock:us.anthropic.claude-3-7-sonnet-20250219-v1:0"]);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("there is no endpoint \"nothing\" in this region");
        result.Error.ShouldContain("reached the end of its life");
    }

    private Task<LocalAwsServer> StartAsync() => LocalAwsServer.StartAsync(
        new LocalAwsOptions
        {
            Buckets = new Dictionary<string, IObjectStore>(),
            Endpoints = name => name == "qwen-endpoint" ? new OneAnswer("green") : null,
            Models = id => id == "judge" ? new OneAnswer("[[A>B]]") : id == Claude["bedrock:".Length..] ? new OneAnswer("blue") : null,
            SignatureProblem = _signatures.Problem,
            Region = Region,
        },
        TestContext.Current.CancellationToken);

    private IEnumerable<(string Name, string Value)> Variables(LocalAwsServer aws, params (string Name, string Value)[] more) =>
        [.. _workspace.WithoutAccount, ("AWS_ENDPOINT_URL", aws.Address), .. more];
}
