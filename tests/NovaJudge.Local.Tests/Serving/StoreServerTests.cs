using System.Net;
using System.Net.Sockets;
using NovaJudge.Local.Serving;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Tests.Serving;

public sealed class StoreServerTests : IAsyncLifetime
{
    private const string Secret = "obviously-fake-secret";
    private ServedStore _served = null!;

    public async ValueTask InitializeAsync()
    {
        _served = await ServedStore.StartAsync();
        _served.Write("store/runs/one/metrics.json", "{}");
        _served.Write("outside.json", Secret);
    }

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:8484")]
    [InlineData("[::1]:8484")]
    public async Task Its_own_names_are_answered(string host)
    {
        var answer = await _served.AskAsync("/runs/one/metrics.json", host: host);

        answer.Status.ShouldBe(200);
        answer.Body.ShouldBe("{}");
    }

    [Theory]
    [InlineData("rebound.example")]
    [InlineData("rebound.example:8484")]
    [InlineData("localhost.example")]
    [InlineData("example-localhost")]
    [InlineData("127.0.0.1.example")]
    [InlineData("127.0.0.2")]
    [InlineData("0.0.0.0")]
    [InlineData("localhost.")]
    [InlineData("user@localhost")]
    [InlineData("localhost, rebound.example")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Other_hosts_names_are_refused(string? host)
    {
        foreach (var target in new[] { "/", "/runs/one/metrics.json", "/nothing" })
        {
            var answer = await _served.AskAsync(target, host: host);

            answer.Status.ShouldBeOneOf(400, 421);
            answer.Body.ShouldNotContain("<html");
        }
    }

    [Fact]
    public async Task A_whole_address_in_the_request_line_does_not_get_round_the_check()
    {
        (await _served.AskAsync("http://rebound.example/", host: "localhost")).Status.ShouldBe(400);
        (await _served.AskAsync("http://rebound.example/", host: "rebound.example")).Status.ShouldBe(421);
        (await _served.AskAsync("/", rest: "Host: rebound.example\r\n")).Status.ShouldBe(400);
        (await _served.AskAsync("/", host: "rebound.example", rest: "X-Forwarded-Host: localhost\r\n")).Status.ShouldBe(421);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task Nothing_but_reading_is_allowed(string method)
    {
        var answer = await _served.AskAsync("/runs/one/metrics.json", method);

        answer.Status.ShouldBe(405);
        answer.Headers["Allow"].ShouldBe("GET, HEAD");
        File.Exists(_served.Store.PathOf(new RunKeys(RunId.Parse("one")).Metrics)).ShouldBeTrue();
    }

    [Fact]
    public async Task Head_says_the_same_without_the_content()
    {
        var get = await _served.AskAsync("/runs/one/metrics.json");
        var head = await _served.AskAsync("/runs/one/metrics.json", "HEAD");

        head.Body.ShouldBeEmpty();
        head.Headers.Where(header => header.Key != "Date").ShouldBe(get.Headers.Where(header => header.Key != "Date"));
        head.Headers["Content-Length"].ShouldBe("2");
    }

    [Theory]
    [InlineData("/../outside.json")]
    [InlineData("/runs/../../outside.json")]
    [InlineData("/runs/%2e%2e/%2e%2e/outside.json")]
    [InlineData("/runs/..%2f..%2foutside.json")]
    [InlineData("/runs/%252e%252e/%252e%252e/outside.json")]
    [InlineData("/runs/..%5c..%5coutside.json")]
    [InlineData("/runs/..\\..\\outside.json")]
    [InlineData("/runs/one/..;/..;/..;/outside.json")]
    [InlineData("/runs//../../outside.json")]
    [InlineData("//outside.json")]
    [InlineData("/runs/%00/../../outside.json")]
    [InlineData("/runs/C:/outside.json")]
    [InlineData("/runs/one/metrics.json::$DATA")]
    [InlineData("/runs/one/metrics.json.")]
    [InlineData("/runs/one/metrics.json%20")]
    [InlineData("/runs/one/metrics.json/")]
    [InlineData("/runs/one/linked.json")]
    [InlineData("/runs/elsewhere/outside.json")]
    public async Task Nothing_leads_out_of_the_store(string target)
    {
        File.CreateSymbolicLink(Path.Combine(_served.Store.Root, "runs/one/linked.json"), "../../../outside.json");
        Directory.CreateSymbolicLink(Path.Combine(_served.Store.Root, "runs/elsewhere"), "../..");

        var answer = await _served.AskAsync(target);

        answer.Status.ShouldBeOneOf(400, 404);
        answer.Body.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("callbacks/job/0123.json")]
    [InlineData(".tmp/12-abc")]
    [InlineData(".locks/one.lock")]
    [InlineData("cache/model/1.json")]
    [InlineData("incoming/request.json")]
    [InlineData("credentials.json")]
    [InlineData("runs/.env")]
    [InlineData("runs/one/.git/config")]
    public async Task What_is_nobodys_business_is_not_there(string path)
    {
        _served.Write($"store/{path}", Secret);

        foreach (var target in new[] { $"/{path}", $"/{path.ToUpperInvariant()}", $"/runs/../{path}", $"/{path.Replace(".", "%2E", StringComparison.Ordinal)}" })
        {
            var answer = await _served.AskAsync(target);

            answer.Status.ShouldBe(404, target);
            answer.Body.ShouldNotContain(Secret);
        }
    }

    [Theory]
    [InlineData("/runs")]
    [InlineData("/runs/")]
    [InlineData("/runs/one")]
    [InlineData("/runs/one/")]
    public async Task Folders_are_not_listed(string target)
    {
        (await _served.AskAsync(target)).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("report.html", "text/html; charset=utf-8")]
    [InlineData("metrics.json", "application/json")]
    [InlineData("prompts.jsonl", "text/plain; charset=utf-8")]
    [InlineData("summary.md", "text/markdown; charset=utf-8")]
    [InlineData("verdicts.csv", "text/csv; charset=utf-8")]
    [InlineData("junit.xml", "application/xml")]
    [InlineData("figure.svg", "image/svg+xml")]
    [InlineData("figure.png", "image/png")]
    [InlineData("recipe.yaml", "application/yaml")]
    [InlineData("output.tar.gz", "application/gzip")]
    [InlineData("unknown.exe", "application/octet-stream")]
    [InlineData("noending", "application/octet-stream")]
    public async Task Every_file_has_its_type_and_no_other_is_guessed(string name, string type)
    {
        _served.Write($"store/runs/two/report/{name}", "content");

        var answer = await _served.AskAsync($"/runs/two/report/{name}?x=1");

        answer.Status.ShouldBe(200);
        answer.Headers["Content-Type"].ShouldBe(type);
        answer.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        answer.Body.ShouldBe("content");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    public async Task The_page_over_all_runs_is_what_the_history_says_now(string target)
    {
        (await _served.AskAsync(target)).Body.ShouldContain("No run has finished yet");
        await PutHistoryAsync("first");

        var page = await _served.AskAsync(target);

        page.Status.ShouldBe(200);
        page.Headers["Content-Type"].ShouldBe("text/html; charset=utf-8");
        page.Body.ShouldContain("runs/first/report/report.html");
        File.Exists(Path.Combine(_served.Store.Root, "index.html")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_page_keeps_its_own_policy_and_cannot_be_framed()
    {
        var policy = (await _served.AskAsync("/")).Headers["Content-Security-Policy"];

        policy.ShouldStartWith("default-src 'none'; script-src 'sha256-");
        policy.ShouldEndWith("; frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
    }

    [Theory]
    [InlineData("")]
    [InlineData("""<meta http-equiv="Content-Security-Policy" content="default-src *">""")]
    [InlineData("""<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;unsafe-inline&#39;">""")]
    [InlineData("""<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; connect-src https://rebound.example">""")]
    [InlineData("""<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;&#13;&#10;Set-Cookie: a=b">""")]
    [InlineData("""<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;&#10;">""")]
    public async Task A_page_that_asks_for_more_gets_nothing(string head)
    {
        _served.Write("store/runs/two/report/report.html", $"<!DOCTYPE html><head>{head}<script>alert(1)</script>");

        var answer = await _served.AskAsync("/runs/two/report/report.html");

        answer.Headers["Content-Security-Policy"].ShouldBe(PagePolicy.Nothing);
        answer.Headers.Keys.ShouldNotContain("Set-Cookie");
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/runs/one/metrics.json", 200)]
    [InlineData("/nothing", 404)]
    public async Task Every_answer_carries_a_strict_policy(string target, int status)
    {
        var answer = await _served.AskAsync(target);

        answer.Status.ShouldBe(status);
        answer.Headers["Content-Security-Policy"].ShouldStartWith("default-src 'none'; ");
        answer.Headers["Content-Security-Policy"].ShouldContain("frame-ancestors 'none'");
        answer.Headers["Cross-Origin-Resource-Policy"].ShouldBe("same-origin");
        answer.Headers["Referrer-Policy"].ShouldBe("no-referrer");
        answer.Headers.Keys.ShouldNotContain("Server");
    }

    [Fact]
    public async Task A_file_that_a_run_is_writing_is_served_as_far_as_it_is()
    {
        var file = _served.Write("store/runs/two/verdicts.jsonl", "{}\n");
        await using var writing = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);

        (await _served.AskAsync("/runs/two/verdicts.jsonl")).Body.ShouldBe("{}\n");
    }

    [Fact]
    public void Only_this_machine_can_reach_it()
    {
        _served.Address.Host.ShouldBe("127.0.0.1");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a second loopback address from the start.");
        using var elsewhere = new TcpListener(IPAddress.Parse("127.0.0.2"), _served.Address.Port);

        // Were it bound to every address, this one would be taken.
        Should.NotThrow(elsewhere.Start);
    }

    [Fact]
    public async Task A_port_in_use_is_refused_with_what_to_do()
    {
        var refusal = await Should.ThrowAsync<PipelineException>(() => StoreServer.StartAsync(_served.Store, _served.Address.Port, TestContext.Current.CancellationToken));

        refusal.ErrorName.ShouldBe(ErrorNames.BadInput);
        refusal.Message.ShouldContain("--port");
    }

    [Fact]
    public async Task A_broken_entry_of_the_history_does_not_take_the_others_away()
    {
        await PutHistoryAsync("first");
        _served.Write("store/history/other/20260101T000000Z-broken.json", "{");

        var page = await _served.AskAsync("/");

        page.Status.ShouldBe(200);
        page.Body.ShouldContain("runs/first/report/report.html");
        page.Body.ShouldContain("broken.json is not the summary of a run");
    }

    private Task PutHistoryAsync(string run)
    {
        var summary = new RunSummary
        {
            RunId = RunId.Parse(run),
            Suite = "squad",
            CreatedAt = DateTimeOffset.UnixEpoch,
            FinishedAt = DateTimeOffset.UnixEpoch,
            Verdict = "b_better",
            Sentence = "B answers better than A.",
            Gate = default,
        };
        return _served.Store.WriteTextAsync(
            RunKeys.History("squad", summary.CreatedAt, summary.RunId), System.Text.Json.JsonSerializer.Serialize(summary, LocalJson.Line.RunSummary), TestContext.Current.CancellationToken);
    }
}
