using BatchGateway.Benchmarks.Data;
using BatchGateway.Benchmarks.Server;

namespace BatchGateway.Benchmarks.Compare;

/// <summary>What the figures share.</summary>
internal sealed class CompareContext(CompareOptions options, TempFolder folder, ServerAddress server)
{
    private const int Seed = 7;
    private const long BlockSize = Units.Megabyte;

    private string? _results;

    public CompareOptions Options => options;

    public TempFolder Folder => folder;

    public ServerAddress Server => server;

    /// <summary>The file of result lines, made when it is first wanted.</summary>
    public string Results => _results ??= WriteResults();

    /// <summary>A file to upload, to be deleted by whoever asked for it. Its lines repeat: nobody looks at them.</summary>
    public string MakeUpload()
    {
        using MemoryStream block = new();
        new ResultLines(Seed).WriteTo(block, BlockSize);
        string path = folder.File("upload.jsonl");
        using FileStream file = File.Create(path);
        while (file.Length < options.TransferBytes)
            block.WriteTo(file);
        return path;
    }

    private string WriteResults()
    {
        string path = folder.File("results.jsonl");
        using FileStream file = File.Create(path);
        new ResultLines(Seed).WriteTo(file, options.DataBytes);
        return path;
    }
}
