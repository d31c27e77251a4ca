using BatchGateway;

namespace Helpdesk;

/// <summary>Which triage has which batch: a file for each, written whole or not at all.</summary>
internal sealed class BatchReferences(string folder)
{
    public BatchReference? Find(string triage)
    {
        string path = PathOf(triage);
        return File.Exists(path) ? BatchReference.FromJson(File.ReadAllText(path)) : null;
    }

    public void Save(string triage, BatchReference reference)
    {
        string path = PathOf(triage), half = path + ".part";
        Directory.CreateDirectory(folder);
        File.WriteAllText(half, reference.ToJson());
        File.Move(half, path, overwrite: true);
    }

    public void Forget(string triage) => File.Delete(PathOf(triage));

    private string PathOf(string triage) => Path.Combine(folder, triage + ".json");
}
