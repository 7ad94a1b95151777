import type { ModelCall } from '../../core/terms/ports';
import type { Image, JsonObject, ToolCall } from '../../core/terms/tools';

/** What goes back beside a call: only to the model that gave it. */
export function verbatimFor({ verbatim }: ToolCall, { deployment }: ModelCall): readonly JsonObject[] {
  return verbatim?.deploymentId === deployment.id ? verbatim.items : [];
}

/** An image as a `data:` URL. */
export function dataUrl({ mimeType, base64 }: Image): string {
  return `data:${mimeType};base64,${base64}`;
}
