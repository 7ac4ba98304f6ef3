using System.Net.Sockets;
using System.Text;
using NovaJudge.Local.Serving;
using NovaJudge.Local.Storage;

namespace NovaJudge.Local.Tests.Serving;

/// <summary>A store in a folder of its own, served on a free port, asked byte for byte as no well-meaning client would.</summary>
internal sealed class ServedStore : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nova-serve-").FullName;
    private StoreServer? _server;

    public FileObjectStore Store => new(Path.Combine(_folder, "store"));

    public Uri Address => _server!.Address;

    public static async Task<ServedStore> StartAsync()
    {
        var served = new ServedStore();
        served._server = await StoreServer.StartAsync(served.Store, 0, TestContext.Current.CancellationToken);
        return served;
    }

    /// <summary>Writes a file below the folder that holds the store's.</summary>
    public string Write(string path, string content)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    /// <summary>A request as it is on the wire, and the whole answer.</summary>
    public async Task<Answer> AskAsync(string target, string method = "GET", string? host = "localhost", string rest = "")
    {
        var header = host is null ? "" : $"Host: {host}\r\n";
        return Answer.Parse(await SendAsync($"{method} {target} HTTP/1.1\r\n{header}Connection: close\r\n{rest}\r\n"));
    }

    /// <summary>Sends this and gives what comes back until the server closes; nothing when it does so without a word.</summary>
    public async Task<string> SendAsync(string request)
    {
        var token = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port, token);
        await using var stream = client.GetStream();
        using var bytes = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request), token);
            await stream.CopyToAsync(bytes, token);
        }
        catch (IOException)
        {
            // Closed while there was more to read.
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static Answer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        end.ShouldBeGreaterThan(0, text);
        var lines = text[..end].Split("\r\n");
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new Answer(int.Parse(lines[0].Split(' ')[1]), headers, text[(end + 4)..]);
    }
}
