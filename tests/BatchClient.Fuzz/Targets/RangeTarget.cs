using BatchGateway.Fuzz.Gateway;
using BatchGateway.Fuzz.Inputs;

namespace BatchGateway.Fuzz.Targets;

/// <summary>Downloads from a server that breaks off, ignores ranges, changes the file and lies: exactly one version, or an exception.</summary>
internal sealed class RangeTarget : Target
{
    private const int MostRequests = 100;

    private readonly FuzzGateway _gateway = new(maxAttempts: 4);
    private readonly string _folder = Directory.CreateTempSubdirectory("fuzz-downloads").FullName;

    public override string Name => "ranges";

    public override int Share => 15;

    public override byte[] Make(Dice dice)
    {
        byte[] choices = new byte[dice.Below(120)];
        for (int choice = 0; choice < choices.Length; choice++)
            choices[choice] = dice.Byte();
        return choices;
    }

    public override async Task<string> RunAsync(byte[] input)
    {
        LyingServer server = new(new ByteDice(input));
        int requests = 0;
        _gateway.Answer = request => ++requests <= MostRequests ? server.Answer(request) : throw new Violation("a download comes to its end", $"{requests} requests");
        string path = Path.Combine(_folder, "file");
        string ended;
        try
        {
            long length = await _gateway.Client.Files.DownloadAsync("file-1", path).ConfigureAwait(false);
            byte[] came = await File.ReadAllBytesAsync(path).ConfigureAwait(false);
            Must.Hold(length == came.Length, "a length is the file's", $"{length} instead of {came.Length}");
            Must.Hold(server.Has(came), "a download is one version of the file", $"{came.Length} bytes; {server}");
            ended = Value;
        }
        catch (Exception exception) when (exception is not Violation)
        {
            ended = exception.InnerException is Violation violation ? throw violation
                : Must.BeOurs(exception, typeof(BatchConnectionException), typeof(BatchResponseException), typeof(BatchApiException));
            Must.Hold(!File.Exists(path), "after a failure there is no file", exception.Message);
        }

        File.Delete(path);
        Must.Hold(!Directory.EnumerateFileSystemEntries(_folder).Any(), "nothing is left behind", $"{server}");
        return ended;
    }

    protected override void Release()
    {
        _gateway.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
