namespace BatchGateway.Peers;

/// <summary>The walk in <c>walk.mjs</c>, by OpenAI's client for Node.</summary>
internal sealed class NodeWalk : IPeer
{
    private const string Package = "openai@7.57.0";
    private const string Script = "walk.mjs";

    private static readonly IReadOnlyDictionary<string, string> NoEnvironment = new Dictionary<string, string>();

    private readonly string _folder;

    private NodeWalk(string folder) => _folder = folder;

    /// <summary>Installs the client into <c>artifacts/peers</c>, from wherever npm is set up to look.</summary>
    public static async Task<NodeWalk> InstallAsync()
    {
        string folder = Directory.CreateDirectory(Path.Combine(RepositoryRoot(), "artifacts", "peers")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"private":true,"type":"module"}""");
        File.Copy(Path.Combine(AppContext.BaseDirectory, Script), Path.Combine(folder, Script), overwrite: true);

        string[] install = ["npm", "install", Package, "--ignore-scripts", "--no-audit", "--no-fund"];
        int exitCode = await ChildProcess.RunAsync(install, folder, NoEnvironment, Console.WriteLine);
        return exitCode == 0 ? new NodeWalk(folder) : throw new InvalidOperationException($"npm could not install {Package} (exit code {exitCode}).");
    }

    /// <summary>Counts the walk's own lines; a walk that ends badly has failed once more.</summary>
    public async Task<PeerResult> WalkAsync(IReadOnlyDictionary<string, string> environment)
    {
        PeerResult result = PeerResult.None;
        int exitCode = await ChildProcess.RunAsync(["node", Script], _folder, environment, line =>
        {
            Console.WriteLine(line);
            result += ResultOf(line);
        });
        return exitCode != 0 && result.Failed == 0 ? result + new PeerResult(0, 1) : result;
    }

    private static PeerResult ResultOf(string line)
    {
        if (line.StartsWith("ok ", StringComparison.Ordinal))
            return new PeerResult(1, 0);
        return line.StartsWith("not ok ", StringComparison.Ordinal) ? new PeerResult(0, 1) : PeerResult.None;
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BatchClient.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("BatchClient.sln stands in no folder above this program.");
    }
}
