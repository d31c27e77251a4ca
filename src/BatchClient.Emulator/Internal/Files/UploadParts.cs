namespace BatchGateway.Emulator.Internal;

/// <summary>What has been read of an upload so far; its parts may come in any order.</summary>
internal sealed class UploadParts
{
    public string? Path { get; set; }

    public string? Filename { get; set; }

    public string? Purpose { get; set; }

    public Upload ToUpload()
    {
        if (Path is null || Filename is null)
            throw Missing("file");
        if (Purpose is null)
            throw Missing("purpose");
        if (!FilePurposes.Uploadable.Contains(Purpose))
            throw new RefusedException(400, InvalidPurpose(Purpose), "purpose", "invalid_value");
        return new Upload(Path, Filename, Purpose);
    }

    public void DeleteFile()
    {
        if (Path is not null)
            File.Delete(Path);
    }

    private static RefusedException Missing(string part) =>
        new(400, $"Missing required parameter: '{part}'.", part, "missing_required_parameter");

    private static string InvalidPurpose(string purpose) =>
        $"Invalid value: '{purpose}'. Supported values are: {string.Join(", ", FilePurposes.Uploadable.Select(known => $"'{known}'"))}.";
}
