namespace BatchGateway.Internal.Files;

/// <summary>A file that lines are written to, and that need not be open while others are.</summary>
internal interface ILineFile
{
    /// <summary>Its stream, for reading and writing; opened again if it was closed.</summary>
    FileStream Open();

    /// <summary>Closes it, if it is open. What was written stays.</summary>
    void Close();
}
