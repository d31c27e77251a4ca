namespace BatchGateway.Runs.Internal;

/// <summary>The bytes that this process has moved for a run.</summary>
internal sealed class RunTraffic
{
    private long _uploaded;
    private long _downloaded;

    public long Uploaded => Interlocked.Read(ref _uploaded);

    public long Downloaded => Interlocked.Read(ref _downloaded);

    public void AddUpload(long bytes) => Interlocked.Add(ref _uploaded, bytes);

    public void AddDownload(long bytes) => Interlocked.Add(ref _downloaded, bytes);
}
