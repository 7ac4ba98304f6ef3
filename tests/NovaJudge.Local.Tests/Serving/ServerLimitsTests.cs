using System.Net.Sockets;
using NovaJudge.Local.Serving;

namespace NovaJudge.Local.Tests.Serving;

/// <summary>What could keep the server busy, or make it send what was not asked for.</summary>
public sealed class ServerLimitsTests : IAsyncLifetime
{
    private ServedStore _served = null!;

    public async ValueTask InitializeAsync()
    {
        _served = await ServedStore.StartAsync();
        _served.Write("store/runs/one/metrics.json", "{}");
    }

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task An_empty_file_is_an_empty_answer()
    {
        _served.Write("store/runs/two/verdicts.jsonl", "");

        var answer = await _served.AskAsync("/runs/two/verdicts.jsonl");

        answer.Status.ShouldBe(200);
        answer.Headers["Content-Length"].ShouldBe("0");
    }

    [Fact]
    public async Task A_pipe_in_the_store_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among its files.");
        _served.Write("store/runs/two/metrics.json", "{}");
        var pipe = Path.Combine(_served.Store.Root, "runs/two/pipe.json");
        using var made = System.Diagnostics.Process.Start("mkfifo", pipe);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);

        // The limit only turns a server that waits for ever into a failure.
        var answer = await _served.AskAsync("/runs/two/pipe.json").WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        answer.Status.ShouldBe(200);
        answer.Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task Connections_that_never_ask_are_limited_and_leave_no_trace()
    {
        var token = TestContext.Current.CancellationToken;
        List<TcpClient> idle = [];
        for (var number = 0; number < StoreServer.MostConnections; number++)
        {
            var client = new TcpClient();
            idle.Add(client);
            await client.ConnectAsync(_served.Address.Host, _served.Address.Port, token);
            await client.GetStream().WriteAsync("GET / HT"u8.ToArray(), token);
        }

        (await _served.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).ShouldBeEmpty("one more is closed without an answer");
        idle.ForEach(client => client.Dispose());

        var answer = "";
        while (answer.Length == 0)
        {
            answer = await _served.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        }

        Answer.Parse(answer).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("bytes=0-0")]
    [InlineData("bytes=0-0,1-1,-1,99999999999999999999-")]
    [InlineData("bytes=-1")]
    public async Task A_part_of_a_file_is_never_sent_as_if_it_were_all_of_it(string range)
    {
        var answer = await _served.AskAsync("/runs/one/metrics.json", rest: $"Range: {range}\r\n");

        answer.Status.ShouldBe(200);
        answer.Body.ShouldBe("{}");
    }

    [Fact]
    public async Task Headers_and_addresses_without_end_are_refused()
    {
        (await _served.AskAsync("/", rest: $"X: {new string('a', 40_000)}\r\n")).Status.ShouldBe(431);
        (await _served.AskAsync("/", rest: string.Concat(Enumerable.Range(0, 500).Select(number => $"X{number}: 1\r\n")))).Status.ShouldBe(431);
        (await _served.AskAsync("/" + new string('a', 20_000))).Status.ShouldBe(414);
        (await _served.AskAsync("/runs/" + new string('a', 300) + "/x")).Status.ShouldBe(404);
        (await _served.AskAsync("/runs/" + string.Concat(Enumerable.Repeat("a/", 3_000)) + "x")).Status.ShouldBe(404);
    }
}
