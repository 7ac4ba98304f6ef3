using Microsoft.Playwright;
using NovaJudge.Reports.Tests.Browser;

[assembly: AssemblyFixture(typeof(ChromiumFixture))]

namespace NovaJudge.Reports.Tests.Browser;

/// <summary>
/// Debian's Chromium, started once. Where there is none the browser tests are skipped, unless NOVA_REQUIRE_BROWSER=1 makes that a failure.
/// NOVA_CHROMIUM names another executable.
/// </summary>
public sealed class ChromiumFixture : IAsyncDisposable
{
    private static readonly string Executable = Environment.GetEnvironmentVariable("NOVA_CHROMIUM") ?? "/usr/bin/chromium";
    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task<IBrowser> OpenAsync()
    {
        var there = File.Exists(Executable);
        if (Environment.GetEnvironmentVariable("NOVA_REQUIRE_BROWSER") == "1")
        {
            there.ShouldBeTrue($"NOVA_REQUIRE_BROWSER is 1, but there is no {Executable}: apt-get install -y chromium");
        }

        Assert.SkipUnless(there, $"There is no {Executable}.");
        await _starting.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Executable,
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync",
                ],
            });
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _starting.Dispose();
    }
}
