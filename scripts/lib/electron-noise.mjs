/** How Chromium itself begins a line: [process:MMDD/HHMMSS.micros:LEVEL:source.cc(line)]. */
const chromiumLine = /^\[\d+:\d{4}\/\d{6}\.\d+:[A-Z]+\d*:([\w/.-]+\.cc)[(:]\d+\)?\]/;

/** Sources that complain on a machine without a graphics card or without a full desktop session. */
const noisySources = new Set([
  'bus.cc',
  'object_proxy.cc',
  'angle_platform_impl.cc',
  'command_buffer_proxy_impl.cc',
  'gl_display.cc',
  'gl_factory.cc',
  'gl_utils.cc',
  'gpu_channel_manager.cc',
  'gpu_init.cc',
  'gpu_process_host.cc',
  'one_copy_raster_buffer_provider.cc',
  'shared_image_interface_proxy.cc',
  'viz_main_impl.cc',
  'vaapi_wrapper.cc',
]);

/**
 * Whether a line of stderr is one of Chromium's known complaints; the app's own never is.
 * @param {string} line
 * @returns {boolean}
 */
export function isNoise(line) {
  const [, source] = chromiumLine.exec(line) ?? [];
  return source !== undefined && noisySources.has(source.slice(source.lastIndexOf('/') + 1));
}
