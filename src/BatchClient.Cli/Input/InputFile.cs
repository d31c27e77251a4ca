using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Input;

/// <summary>
/// A file of lines on disk. Standard input and prompts become one first, in a temporary folder: an upload may have to be repeated.
/// </summary>
internal sealed class InputFile : IDisposable
{
    private const string StandardInput = "-";

    private readonly string? _temporary;

    private InputFile(string path, string name, string? temporary)
    {
        Path = path;
        Name = name;
        _temporary = temporary;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What the user calls it.</summary>
    public string Name { get; }

    public long Bytes => new FileInfo(Path).Length;

    /// <exception cref="ReportedException">There is no such file.</exception>
    public static async Task<InputFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        if (path != StandardInput)
            return File.Exists(path) ? new InputFile(path, System.IO.Path.GetFileName(path), temporary: null) : throw NoFile(path);

        return await MakeAsync("standard-input.jsonl", "standard input", async file =>
        {
            await using FileStream spool = File.Create(file);
            await using Stream input = Console.OpenStandardInput();
            await input.CopyToAsync(spool, cancellationToken);
        });
    }

    /// <summary>Its lines as they stand in it.</summary>
    public IAsyncEnumerable<BatchRequestLine> ReadLinesAsync(CancellationToken cancellationToken) => BatchRequestFile.ReadLinesAsync(Path, cancellationToken);

    /// <summary>The batch JSONL of a text with one prompt per line. Its own end is this one's.</summary>
    public async Task<InputFile> AsPromptsAsync(string model, string? system, CancellationToken cancellationToken)
    {
        using InputFile text = this;
        return await MakeAsync(
            System.IO.Path.ChangeExtension(System.IO.Path.GetFileName(Path), ".jsonl"),
            Name,
            file => BatchRequestFile.WriteAsync(file, Prompts.ReadAsync(Path, model, system, cancellationToken), limits: null, cancellationToken));
    }

    public void Dispose()
    {
        if (_temporary is not null)
            Directory.Delete(_temporary, recursive: true);
    }

    private static async Task<InputFile> MakeAsync(string fileName, string name, Func<string, Task> write)
    {
        string folder = Directory.CreateTempSubdirectory($"{Tool.Name}-").FullName;
        InputFile made = new(System.IO.Path.Combine(folder, fileName), name, folder);
        try
        {
            await write(made.Path);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private static ReportedException NoFile(string path) => ReportedException.Usage(
        Directory.Exists(path) ? $"'{path}' is a folder, not a file." : $"There is no file '{path}'.", "Check the path; - stands for standard input.");
}
