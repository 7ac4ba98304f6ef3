using Microsoft.Playwright;
using NovaJudge.Reports.History;

namespace NovaJudge.Reports.Tests.Browser;

/// <summary>A page from a file, in a browser that notes everything the page tries beyond itself.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly string _folder;

    private OpenedPage(IBrowserContext context, IPage page, string folder) => (_context, Page, _folder) = (context, page, folder);

    public IPage Page { get; }

    /// <summary>Addresses asked for, other than the file itself.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Errors, policy violations and dialogs.</summary>
    public List<string> Trouble { get; } = [];

    public static async Task<OpenedPage> ReportAsync(
        ChromiumFixture chromium, SampleRun run, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, string hash = "", Func<string, string>? damage = null)
    {
        await new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, TestContext.Current.CancellationToken);
        var html = run.Text("report.html");
        return await OpenAsync(chromium, "report.html", damage?.Invoke(html) ?? html, width, height, scheme, hash);
    }

    public static Task<OpenedPage> HistoryAsync(ChromiumFixture chromium, IEnumerable<Pipeline.Metrics.RunSummary> runs, int width = 1280, ColorScheme scheme = ColorScheme.Light, string hash = "") =>
        OpenAsync(chromium, HistoryPage.FileName, HistoryPage.Render(runs), width, 900, scheme, hash);

    /// <summary>Waits until the explorer has shown what the address asks for.</summary>
    public Task ReadyAsync() => Page.Locator(".explorer[data-ready]").WaitForAsync();

    public Task<string> StatusAsync() => Page.Locator(".status").InnerTextAsync();

    public async Task WaitForStatusAsync(string text) =>
        await Page.Locator(".status", new PageLocatorOptions { HasTextString = text }).WaitForAsync(new LocatorWaitForOptions { Timeout = 20_000 });

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<OpenedPage> OpenAsync(ChromiumFixture chromium, string name, string html, int width, int height, ColorScheme scheme, string hash)
    {
        var browser = await chromium.OpenAsync();
        var folder = Directory.CreateTempSubdirectory("nova-report-").FullName;
        var file = Path.Combine(folder, name);
        await File.WriteAllTextAsync(file, html);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        var opened = new OpenedPage(context, await context.NewPageAsync(), folder);
        opened.Watch(new Uri(file).AbsoluteUri);
        await opened.Page.GotoAsync(new Uri(file).AbsoluteUri + hash);
        return opened;
    }

    private void Watch(string address)
    {
        Page.Request += (_, request) =>
        {
            if (request.Url.Split('#')[0] != address)
            {
                Requests.Add(request.Url);
            }
        };
        Page.PageError += (_, error) => Trouble.Add(error);
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Trouble.Add(message.Text);
            }
        };
        Page.Dialog += async (_, dialog) =>
        {
            Trouble.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        Page.Popup += (_, popup) => Trouble.Add($"popup: {popup.Url}");
    }
}
